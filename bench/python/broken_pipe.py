# SPDX-License-Identifier: MIT
"""broken_pipe.py - a program whose output nobody reads any more ends without a word.

Python ignores SIGPIPE, so that `make lesson | head` would end in a traceback; and it must, for a server's
sockets break as well.  Here only standard output counts: the write that fails ends the program with the
status that a shell gives to one which SIGPIPE has ended."""

import atexit
import contextlib
import io
import os
import sys

STATUS = 141  # 128 + SIGPIPE


class _Output(io.FileIO):
    broken = False

    def write(self, data):
        try:
            return super().write(data)
        except BrokenPipeError:
            self.broken = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())  # for what is still in buffers
            sys.exit(STATUS)

    def at_exit(self):
        """What is printed last is written when the program ends, where sys.exit() does nothing."""
        with contextlib.suppress(SystemExit):
            sys.stdout.flush()
        if self.broken:
            os._exit(STATUS)


def end_quietly():
    """To be called before anything is printed."""
    old = sys.stdout
    if old is None or old is not sys.__stdout__:  # closed, or somebody's own
        return
    output = _Output(old.fileno(), "w", closefd=False)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(output), encoding=old.encoding, errors=old.errors,
                                  line_buffering=old.line_buffering)
    atexit.register(output.at_exit)
