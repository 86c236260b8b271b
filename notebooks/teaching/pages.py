# SPDX-License-Identifier: MIT
"""pages.py - what a page in Markdown says under its headings, and how it looks in HTML."""

import re
from pathlib import Path

from markdown import markdown

ROOT = Path(__file__).resolve().parents[2]


def sections(path):
    """{heading: text below it}, of the headings of the second rank."""
    parts = re.split(r"^## (.*)\n", path.read_text("utf-8"), flags=re.M)
    return {head.strip(): text.strip() for head, text in zip(parts[1::2], parts[2::2])}


def page_of(tip):
    """The sections of a tip's README.md."""
    return sections(ROOT / "patterns" / tip / "README.md")


def numbered(text):
    """["the first", "the second"] of a numbered list, each on one line."""
    items = re.findall(r"^\d+\. (.*?)(?=^\d+\. |\Z)", text, re.S | re.M)
    return [" ".join(item.split()) for item in items]


def paragraphs(text):
    return [part for part in re.split(r"\n\s*\n", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)) if part.strip()]


def opening(text):
    """Its first paragraph."""
    return next(iter(paragraphs(text)), "")


def html(text):
    """Links become words: what they lead to is not beside the page that is made."""
    return re.sub(r"</?a\b[^>]*>", "", markdown(text, extensions=["fenced_code"]))


def lessons():
    """The tips that have a lesson in a notebook, in the order of the notebooks."""
    return list(sections(ROOT / "notebooks/hints.md"))


def keys(tip):
    """The answers to the questions of its page; none where nobody has written them."""
    path = ROOT / "notebooks/teaching/keys" / f"{tip.partition('/')[0]}.md"
    return numbered(sections(path).get(tip, "")) if path.exists() else []
