# SPDX-License-Identifier: MIT
"""kept.py - what one grader leaves on the disk for the next.

A file is written whole beside its place, and renamed: whoever reads finds the old one or the new one.  What is
not for people bears its own checksum, so that what a power cut or a bad disk has left of it is taken for nothing,
and made anew.  What a killed grader has left beside a place goes when the next one writes there.

Whoever makes something that others may find left over holds a lock on it, which ends with its process.  A process
number would not do: graders in two containers may share a folder, and each sees processes of its own alone."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets


def lock(fd):
    """False: somebody else holds it, or nobody can say so here."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def hold(fd):
    """What we have just made.  Whoever holds it now takes it for left over and is about to remove it: what is left
    when he lets go tells.  Some disks know no locks, and nobody takes anything there."""
    with contextlib.suppress(OSError):
        fcntl.flock(fd, fcntl.LOCK_EX)


def make_held(make):
    """A folder that make() makes, under another name each time, and the descriptor that holds it."""
    while True:
        folder = make()
        with contextlib.suppress(FileNotFoundError):
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            hold(fd)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.stat(folder), os.fstat(fd)):
                    return folder, fd
            os.close(fd)  # taken for left over before it was held


@contextlib.contextmanager
def take_over(folder):
    """Is it nobody's?  While it is looked at, it is ours."""
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        yield False
        return
    try:
        yield lock(fd)
    finally:
        os.close(fd)


def take_away(folder, base):
    """What was to become `base`, and never did."""
    for name in map(os.fsencode, os.listdir(folder)):
        if re.fullmatch(re.escape(base) + rb"\.[0-9a-f]{1,16}\.new", name):
            with contextlib.suppress(OSError):
                fd = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
                try:
                    if lock(fd):
                        os.unlink(name, dir_fd=folder)
                finally:
                    os.close(fd)


def open_beside(folder, base):
    """(name, descriptor) of a new file, which is held."""
    while True:
        name = base + b".%s.new" % secrets.token_hex(8).encode()
        fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder)
        hold(fd)
        if os.fstat(fd).st_nlink:
            return name, fd
        os.close(fd)  # taken for left over before it was held


def write(name, data, within=None):
    """Whatever stands under the name is replaced, not written through.  within: a descriptor of its folder."""
    where, base = os.path.split(os.fsencode(name))
    folder = os.open(where or b".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=within)
    try:
        take_away(folder, base)
        beside, fd = open_beside(folder, base)
        try:
            with open(fd, "wb") as f:
                f.write(data)
                f.flush()
                os.fsync(fd)
                os.rename(beside, base, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            os.unlink(beside, dir_fd=folder)
            raise
    finally:
        os.close(folder)


def write_sealed(path, data):
    write(path, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def read_sealed(path):
    """None: nothing whole is there."""
    try:
        seal, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if seal == hashlib.sha256(data).hexdigest().encode() else None
