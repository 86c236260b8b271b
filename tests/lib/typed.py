# SPDX-License-Identifier: MIT
"""typed.py - a program on a terminal of 80 columns and 24 lines, with somebody who types."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

COLUMNS, LINES = 80, 24
PATIENCE_S = 120  # for anything at all


def read_more(fd):
    """What comes next; nothing: it has ended, which a terminal tells by an error."""
    try:
        return os.read(fd, 1 << 16)
    except OSError:
        return b""


def read_to_the_end(fd):
    """All that is said."""
    return b"".join(iter(lambda: read_more(fd), b""))


def read_until(fd, enough):
    """What is said, up to what is enough."""
    said, end = b"", time.monotonic() + PATIENCE_S
    while not enough(said.decode(errors="replace")):
        ready, _, _ = select.select([fd], [], [], max(0, end - time.monotonic()))
        more = read_more(fd) if ready else b""
        assert more, f"it ended, or said nothing more, behind: {said.decode(errors='replace')[-2000:]}"
        said += more
    return said.decode(errors="replace")


class Typed:
    """said: all that was said so far.  leave: the key that ends the program."""

    def __init__(self, words, leave, folder=".", columns=COLUMNS):
        self.words, self.leave, self.folder, self.columns, self.said = words, leave, folder, columns, ""

    def __enter__(self):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, self.columns, 0, 0))
            os.chdir(self.folder)
            # Only what Python knows of: readline puts COLUMNS and LINES into the environment behind its back.
            known = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
            os.execve(self.words[0], self.words, {**known, "TERM": "xterm"})
        return self

    def after(self, keys, until):
        """What is said after the keys, up to what `until` finds."""
        os.write(self.fd, keys.encode())
        said = read_until(self.fd, lambda text: re.search(until, text))
        self.said += said
        return said

    def screen(self):
        """Its lines, of a program that only goes down, or up one line to write that anew."""
        text = re.sub(r"[^\n]*\n\x1b\[A\x1b\[K", "", self.said)
        text = re.sub(r"\x1b\[[\d;]*[mK]", "", text)
        lines = [part for line in text.replace("\r\n", "\n").split("\n") for part in re.findall(f".{{1,{COLUMNS}}}|^$", line)]
        return lines[-LINES:]

    def __exit__(self, *_):
        end = time.monotonic() + PATIENCE_S
        while not self._ends_after(self.leave):
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                end = float("inf")
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _ends_after(self, key):
        """Types it; whether the program ends then.  One Control-C is not enough: Python forgets it in a read that
        begins between the signal and its handler."""
        os.write(self.fd, key.encode())
        while select.select([self.fd], [], [], 1)[0]:
            if not read_more(self.fd):
                return True
        return False
