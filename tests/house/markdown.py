#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""markdown.py FILE... - wrap the paragraphs of these Markdown files at 100 columns.

Only a paragraph with a line that is too long is touched, and nothing in it but where its lines
end.  markdown.t demands what this does; long headings are left to people."""

import re
import sys
from pathlib import Path

COLUMNS = 100
FENCE = re.compile(r"^\s*(```|~~~)")
LINK_ONLY = re.compile(r"^\s*(?:[-*] |\d+\. )?!?\[[^]]*\]\([^)]*\)[.,;:]?$")
MARKER = re.compile(r"^(\s*(?:[-*+] |\d+[.)] |> ?)?)(.*)$")  # what a list item or a quotation begins with
BEGINS_A_BLOCK = re.compile(r"^([-*+>|]|#+|\d+[.)])$")        # as the first word of a line
ATOM = re.compile(r"(?:`[^`]*`|\S)+")                         # words; a code span is not broken


def kinds(lines):
    """(kind, line) of each: code, table, heading, blank, link or text."""
    fenced = False
    for line in lines:
        fence = FENCE.match(line)
        if fenced or fence:
            fenced = fenced != bool(fence)
            yield "code", line
        elif not line.strip():
            yield "blank", line
        elif re.match(r"^\s*\|", line):
            yield "table", line
        elif line.startswith("#"):
            yield "heading", line
        elif LINK_ONLY.match(line):
            yield "link", line
        else:
            yield "text", line


def too_long(lines):
    """(number, line) of each line that is.  Tables, code and lines that are one link may be longer."""
    return [(n, line) for n, (kind, line) in enumerate(kinds(lines), 1)
            if len(line) > COLUMNS and kind in ("text", "heading")]


def paragraph(lines):
    """The same words in lines that fit, below each other as in the first two lines."""
    first, _ = MARKER.match(lines[0]).groups()
    rest = first if first.strip().startswith(">") else " " * len(first)
    words = []
    for line in lines:
        text = MARKER.match(line)[2] if line is lines[0] or rest.strip() else line
        for word in ATOM.findall(text):
            if words and BEGINS_A_BLOCK.match(word):
                words[-1] += " " + word
            else:
                words.append(word)
    wrapped, line = [], first + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > COLUMNS:
            wrapped.append(line)
            line = rest + word
        else:
            line += " " + word
    return [*wrapped, line]


def wrapped(text):
    done, part = [], []

    def end():
        done.extend(paragraph(part) if too_long(part) else part)
        part.clear()

    for kind, line in kinds(text.splitlines()):
        if kind != "text" or re.match(r"^\s*([-*+] |\d+[.)] )", line):
            end()
        if kind == "text":
            part.append(line)
        else:
            done.append(line)
    end()
    return "\n".join(done) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(wrapped(Path(name).read_text()))
