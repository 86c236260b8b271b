# SPDX-License-Identifier: MIT
"""kept.py - what one grader leaves on the disk for the next.

A file is written whole beside its place, and renamed: whoever reads finds the old one or the new one.  What is
not for people bears its own checksum, so that what a power cut or a bad disk has left of it is taken for nothing,
and made anew.  What a killed grader has left beside a place goes when the next one writes there."""

import contextlib
import hashlib
import os
import re
from pathlib import Path


def is_left(pid):
    """Of a process that is no more.  In a container the next grader may well have its number."""
    return int(pid) == os.getpid() or not Path(f"/proc/{int(pid)}").exists()


def take_away(folder, base):
    """What was to become `base`, and never did."""
    for name in map(os.fsencode, os.listdir(folder)):
        found = re.fullmatch(re.escape(base) + rb"\.(\d{1,10})\.new", name)
        if found and is_left(found[1]):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)


def write(name, data, within=None):
    """Whatever stands under the name is replaced, not written through.  within: a descriptor of its folder."""
    where, base = os.path.split(os.fsencode(name))
    folder = os.open(where or b".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=within)
    try:
        take_away(folder, base)
        beside = base + b".%d.new" % os.getpid()
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder)
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
