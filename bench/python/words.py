# SPDX-License-Identifier: MIT
"""words.py - numbers and texts as a reader sees them.

Numbers get thousands separators and at most three significant digits once they
are scaled; units are scaled in steps of 1,000 (time) or 1,024 (bytes) and never
left out."""

STEPS = {"ns": (("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)),
         "B": (("B", 1.0), ("KiB", 1024.0), ("MiB", 1024.0**2), ("GiB", 1024.0**3))}


def number(v):
    """1024 -> "1,024", 0.1234 -> "0.123"."""
    return f"{v:,.0f}" if v == int(v) or abs(v) >= 999.5 else f"{v:.3g}"


def scale(unit, largest):
    """The unit to show values up to `largest` in, and what to divide by."""
    base, per, what = unit.partition("/")
    if base not in STEPS:
        return ("" if unit == "1" else unit), 1.0
    name, by = [s for s in STEPS[base] if s[1] <= max(abs(largest), 1)][-1]
    return name + per + what, by


def quantity(v, unit):
    """A value with its unit, scaled: quantity(4216, "B/op") -> "4.12 KiB/op"."""
    name, by = scale(unit, v)
    return f"{number(v / by)} {name}".strip()


def ratio(v):
    """A ratio of times: 1.4512 -> "1.45×", 30.2 -> "30×", 37,912.4 -> "38,000×"."""
    return (f"{v:.2f}" if v < 10 else number(float(f"{v:.2g}")) if v >= 100 else f"{v:.0f}") + "×"


def between(lo, hi):
    """An interval of such ratios: "0.76–1.22×"."""
    return f"{ratio(lo)[:-1]}–{ratio(hi)}"


def listing(words):
    """["a", "b", "c"] -> "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def grouped(pairs):
    """[(name, what)] -> {what: [names]}: those of which the same is said, together."""
    said = {}
    for name, what in pairs:
        said.setdefault(what, []).append(name)
    return said


def alike(pairs):
    """The same as [("a, b and c", what)]."""
    return [(listing(names), what) for what, names in grouped(pairs).items()]


def span(numbers):
    """From the least to the most of them: "6 to 12", or "6"."""
    return " to ".join(dict.fromkeys(str(int(n)) for n in (min(numbers, default=0), max(numbers, default=0))))


def capital(text):
    return text[:1].upper() + text[1:]


def plural(n, one):
    return f"{number(n)} {one}{'s' * (n != 1)}"
