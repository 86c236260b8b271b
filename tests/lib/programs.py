# SPDX-License-Identifier: MIT
"""programs.py - what tests of programs share: what was said is looked through, a program runs until
a block ends, and the files that a page has its reader write are taken from it."""

import http.client
import re
import subprocess
from pathlib import Path

PATIENCE_S = 600  # for an answer, on a machine on which much else runs


def expect(said, status, *sentences):
    """Of (status, what was printed): the status is 0 or is not, as this one, and each pattern is found."""
    assert (said[0] == 0) == (status == 0), f"status {said[0]}:\n{said[1]}"
    for sentence in sentences:
        assert re.search(sentence, said[1], re.M), f"no line {sentence!r} in:\n{said[1]}"


def files_of(page):
    """{name: text} of the files that a page of patterns/ has the reader write."""
    text = (Path(__file__).resolve().parents[2] / "patterns" / page).read_text()
    return {name: text for name, _, text in re.findall(r"^`(\S+)`:\n\n(```|~~~)\w+\n(.*?)^\2$", text, re.S | re.M)}


class Running:
    """A program that says where it answers in its first line, until the block ends."""

    def __init__(self, argv, cwd=None):
        self.argv, self.cwd = argv, cwd

    def __enter__(self):
        self.process = subprocess.Popen(self.argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.cwd)
        self.first = self.process.stdout.readline()
        self.host, port = re.search(r"http://([\d.]+):(\d+)/", self.first).groups()
        self.port = int(port)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def ask(self, path="/", method="GET", body=None, headers={}):
        """(status, text)"""
        c = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)
        try:
            c.request(method, path, body, headers)
            answer = c.getresponse()
            return answer.status, answer.read().decode()
        finally:
            c.close()
