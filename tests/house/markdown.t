#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""markdown.t - pages are wrapped at 100 columns, and their links lead somewhere.

Longer may be: a line of a table, a line of code, and a line that is nothing but one link.
`tests/house/markdown.py FILE` wraps a file."""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import markdown
import tap
from house import ROOT, fails, files, none, planted

LINK = re.compile(r"\]\(([^()\s]+)\)")
OUTWARD = re.compile(r"^[a-z]+:")


def lines_of(root):
    """(file, lines) of every page."""
    return [(p, (root / p).read_text().splitlines()) for p in files(root, ".md")]


def long_lines(root):
    return [f"{path}:{n}: {len(line)} columns; mend it with: tests/house/markdown.py {path}"
            for path, lines in lines_of(root) for n, line in markdown.too_long(lines)]


def anchor(heading):
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower()).replace(" ", "-")


def links(root):
    """(file, line number, target) of every relative link outside code."""
    found = []
    for path, lines in lines_of(root):
        for n, (kind, line) in enumerate(markdown.kinds(lines), 1):
            targets = [] if kind == "code" else LINK.findall(re.sub(r"`[^`]*`", "", line))
            found += [(path, n, t) for t in targets if not OUTWARD.match(t)]
    assert found, f"looked at nothing: no page below {root} has a relative link"
    return found


def dead_links(root):
    for path, n, target in links(root):
        name, _, part = target.partition("#")
        page = root / path.parent / name if name else root / path
        if not page.exists():
            yield f"{path}:{n}: there is no {target}"
        elif part and part not in {anchor(l) for k, l in markdown.kinds(page.read_text().splitlines()) if k == "heading"}:
            yield f"{path}:{n}: {name or path} has no heading for #{part}"


def every_page_is_wrapped_at_a_hundred_columns():
    none(long_lines(ROOT))


def every_relative_link_leads_somewhere():
    none(dead_links(ROOT))


# The tests of the test.

def a_planted_long_line_is_named_and_what_may_be_long_is_not():
    long = "word " * 30
    found = planted(long_lines, {"a.md": f"{long}\n\n| {long} |\n\n```\n{long}\n```\n[{long}](b.md)\n"})
    assert found == ["a.md:1: 150 columns; mend it with: tests/house/markdown.py a.md"], found


def a_planted_dead_link_is_named():
    found = planted(dead_links, {"a.md": "[x](b.md) [y](c.md) `[z](d.md)`\n[w](b.md#two) [v](b.md#one-1)\n",
                                 "b.md": "# One: 1!\n"})
    assert found == ["a.md:1: there is no c.md", "a.md:2: b.md has no heading for #two"], found


def an_empty_tree_fails():
    for check in (long_lines, dead_links):
        fails("looked at nothing", planted, check, {})
    fails("looked at nothing", planted, dead_links, {"a.md": "no link\n"})


def wrapping_keeps_words_lists_quotations_and_code_spans():
    text = ("- " + "word " * 25 + "`a code span` - dash\n  and more\n- next\n\n> " + "quoted " * 20 + "\n\n"
            "| " + "cell " * 30 + "|\n\nshort\nlines\n")
    said = markdown.wrapped(text)
    lines = said.splitlines()
    assert said.replace(">", " ").split() == text.replace(">", " ").split(), said
    assert not markdown.too_long(lines) and lines[0].startswith("- word") and lines[1].startswith("  word"), said
    assert "`a code span` - dash" in said and "\n- next\n" in said and "\n> quoted" in said and "short\nlines\n" in said, said
    assert said.count("\n> ") == 2 and markdown.wrapped(said) == said, said


sys.exit(tap.run(tap.tests_of(globals())))
