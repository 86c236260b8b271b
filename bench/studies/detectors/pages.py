# SPDX-License-Identifier: MIT
"""pages.py - what the tips' pages say of the tools, made of patterns/detectors.csv.

    pages.py      names each page that says something else, and each row that is of older twins

The table is stored with the tips, since most readers do not have all of the tools.  A row is good as
long as its twins are the ones it was made with: it holds their digest."""

import csv
import re
import sys
import textwrap
from pathlib import Path

sys.dont_write_bytecode = True

import judge
import table  # finds plots/
import tools
import broken_pipe
from report.detectors import answers, digest, gos, merged as one_each, named, release
from words import listing

STORED = Path(tools.TREE) / "detectors.csv"
HEADING = "## Who would have told you"
BEFORE = "## In the wild", "## How it aged"  # where the section stands: before the first of these
WIDE = 100
PLACES = {name: n for n, name in enumerate(dict.fromkeys(t.name for t in tools.TOOLS))}


def read(path=STORED):
    with path.open(newline="") as f:
        return list(csv.DictReader(f))


def merged(old, new):
    """What was measured now replaces what was; the rest stays as long as it is of the same twins."""
    digests = {r["tip"]: r["digest"] for r in new}
    kept = [r for r in old if digests.get(r["tip"], r["digest"]) == r["digest"]]
    return sorted(one_each(kept, new), key=lambda r: (r["tip"], release(r["executor"]), PLACES[r["tool"]]))


def quoted(row):
    says = row["says"].replace("`", "'")
    return says if len(says) <= 160 else says[:159] + "…"


OTHERS = {judge.FALSE_ALARM: "False alarm on the good twin", judge.MISSED: "Missed", judge.ALIKE: "The same is said of both twins",
          judge.OTHER: "Something else is said of bad", judge.NOT_APPLICABLE: "Not applicable", judge.FAILED: "Not run to its end"}


def section(rows):
    """The section of one tip's page, without its heading."""
    found = named(rows, judge.FOUND, "`")
    text = wrapped(f"Found {found}." if found else "No tool that was tried finds it.")
    for tool, where, row in answers(rows, judge.FOUND):
        place = f", `{row['place']}`" if row["place"] else ""
        text += wrapped(f"- `{tool}` in {where}{place}: `{quoted(row)}`", "" if text.startswith("\n- ", text.rfind("\n\n") + 1) else "\n")
    for word, begin in OTHERS.items():
        if names := named(rows, word, "`"):
            text += wrapped(f"{begin} {names}.")
    tried = [g.removeprefix("go") for g in gos(rows)]
    return text + wrapped(f"Tried in C{' and with Go ' + listing(tried) if tried else ''}.")


def wrapped(text, before="\n"):
    return before + textwrap.fill(text, WIDE, subsequent_indent="  " * text.startswith("- "), break_long_words=False, break_on_hyphens=False) + "\n"


def with_section(page, text):
    """The page with that section in its place."""
    page = re.sub(rf"^{HEADING}\n.*?(?=^## |\Z)", "", page, flags=re.M | re.S)
    at = min(m.start() for b in BEFORE if (m := re.search(rf"^{re.escape(b)}$", page, re.M)))
    return f"{page[:at]}{HEADING}\n{text}\n{page[at:]}"


def wrong(root="."):
    """A line for each page that does not say what the stored table says."""
    rows = read(Path(root) / STORED)
    tips = sorted(str(p.parent.relative_to(Path(root) / "patterns")) for p in Path(root).glob("patterns/*/*/tip.c"))
    for tip in tips:
        of = [r for r in rows if r["tip"] == tip]
        again = f"make detectors README=1 TIP={tip}"
        page = (Path(root) / "patterns" / tip / "README.md").read_text()
        if not of:
            yield f"{STORED} has no row of {tip}; {again}"
        elif any(r["digest"] != digest(Path(root) / "patterns" / tip) for r in of):
            yield f"{STORED}: the rows of {tip} are of other twins than it has now; {again}"
        elif page != with_section(page, section(of)):
            yield f"patterns/{tip}/README.md: '{HEADING}' does not say what {STORED} says; {again}"
    yield from (f"{STORED} has rows of {t}, which is no tip" for t in sorted({r["tip"] for r in rows} - set(tips)))


def keep(new, columns):
    """Store the rows, and write the pages of their tips."""
    stored = [c for c in columns if c != "command"]
    rows = merged(read() if STORED.exists() else [], [{k: str(v) for k, v in r.items()} for r in new])
    with STORED.open("w", newline="") as f:
        out = csv.DictWriter(f, stored, lineterminator="\n", extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    for tip in dict.fromkeys(r["tip"] for r in new):
        path = Path(tools.TREE, tip, "README.md")
        path.write_text(with_section(path.read_text(), section([r for r in rows if r["tip"] == tip])))


if __name__ == "__main__":
    broken_pipe.end_quietly()
    found = list(wrong())
    print("\n".join(found) or "every page says what the table says")
    sys.exit(1 if found else 0)
