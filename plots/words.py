# SPDX-License-Identifier: MIT
"""words.py - numbers and texts as a reader sees them.

Numbers get thousands separators and at most three significant digits once they
are scaled; units are scaled in steps of 1,000 (time) or 1,024 (bytes) and never
left out.  How wide a text is, is estimated with the widths of DejaVu Sans: the
widest of the fonts a bare machine is likely to show, so nothing is cut in the
others."""

import re

NS = (("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9))
BYTES = (("B", 1.0), ("KiB", 1024.0), ("MiB", 1024.0**2), ("GiB", 1024.0**3))

# Advance widths of ' ' to '~' in hundredths of the font size, plain and bold.
PLAIN = (32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64,
         64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66,
         56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61,
         63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82,
         59, 59, 52, 64, 34, 64, 84)
BOLD = (35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70,
        70, 70, 70, 70, 40, 40, 84, 84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77,
        64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50, 50, 67,
        72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92,
        65, 65, 58, 71, 37, 71, 84)


def width(text, size, bold=False):
    """Pixels that text takes; 84 for a character that is not ASCII."""
    table = BOLD if bold else PLAIN
    return sum(table[ord(c) - 32] if " " <= c <= "~" else 84 for c in text) * size / 100


def pieces(word, size, limit, bold):
    """The word, or its parts after each - and / if it is too wide for a line."""
    return [word] if width(word, size, bold) <= limit else re.findall(r"[^/-]*[/-]|[^/-]+", word)


def wrap(text, size, limit, bold=False):
    """Lines of at most limit pixels, if no part of a word is wider."""
    lines = []
    for word in text.split(" ") if text else []:
        for i, piece in enumerate(pieces(word, size, limit, bold)):
            longer = lines[-1] + ("" if i else " ") + piece if lines else ""
            if lines and width(longer, size, bold) <= limit:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def number(v):
    """1024 -> "1,024", 0.1234 -> "0.123"."""
    if v == int(v) or abs(v) >= 1000:
        return f"{v:,.0f}"
    return f"{v:.3g}"


def scale(unit, largest):
    """The unit to show values up to `largest` in, and what to divide by."""
    base, per, what = unit.partition("/")
    steps = {"ns": NS, "B": BYTES}.get(base)
    if not steps:
        return ("" if unit == "1" else unit), 1.0
    name, by = [s for s in steps if s[1] <= max(abs(largest), 1)][-1]
    return name + per + what, by


def quantity(v, unit):
    """A value with its unit, scaled: quantity(4216, "B/op") -> "4.12 KiB/op"."""
    name, by = scale(unit, v)
    return number(v / by) + (" " + name if name else "")


def ratio(v):
    """A ratio of times: 1.4512 -> "1.45×", 30.2 -> "30×"."""
    return (f"{v:.2f}" if v < 10 else f"{v:.0f}") + "×"


def listing(words):
    """["a", "b", "c"] -> "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plural(n, one, many=None):
    return f"{number(n)} {one if n == 1 else many or one + 's'}"
