#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""facts.t - what each Go answered to the facts of ageing stands on each tip's card in the report,
and in short for all of them.

Each function is one test; its name is the sentence that is true when it passes."""

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "bench/python"), str(ROOT / "tests/fixtures"), str(ROOT / "tests/lib")]

from report import facts
import synthetic
import tap

HEADER = "tip,fact,what,since,by,lang,expected,found,standing,saw,cited\n"
TIP = "leaks/range-unclosed"


def answers(n, what, since, found, cited=""):
    """Lines of a fact of that number: what each release, "1.22", answered; "no!" contradicts it."""
    standing = {"yes": "confirmed", "no": "confirmed", "-": "undecided", "no!": "contradicted", "yes!": "contradicted"}
    return "".join(f"{TIP},{n},{what},{since},probe,go{go},yes,{said.rstrip('!')},{standing[said]},saw {said} there,{cited}\n"
                   for go, said in found.items())


def cited(n, what, source):
    return f"{TIP},{n},{what},1.5,,,-,-,cited,,{source}\n"


RUN = (answers(0, "a timer is taken", "1.23", {"1.19": "no", "1.21": "no", "1.22": "no", "1.23": "yes", "1.27": "yes"})
       + answers(1, "a map is kept", "", {"1.19": "yes", "1.21": "no!", "1.22": "yes", "1.23": "no!", "1.27": "yes"})
       + answers(2, "a time is less", "", {"1.19": "yes", "1.21": "-", "1.22": "-", "1.23": "yes", "1.27": "yes"})
       + cited(3, "a buffer may be given", "go.dev/doc/go1.5 (io)"))


def found(text, tips=()):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "aged.csv").write_text(HEADER + text)
        return facts.facts(SimpleNamespace(folder=Path(folder), tips=tips, margin=0.1))


def the_worst_answer_is_the_standing_of_a_fact():
    assert [f.standing() for f in found(RUN)[TIP]] == ["confirmed", "contradicted", "undecided", "cited"]


def releases_in_a_row_are_told_as_one_stretch():
    said = [f.found() for f in found(RUN)[TIP]]
    assert said == ["no in Go 1.19 to 1.22; yes in Go 1.23 and 1.27",
                    "yes in Go 1.19, 1.22 and 1.27; no in Go 1.21 and 1.23",
                    "yes in Go 1.19, 1.23 and 1.27; undecided in Go 1.21 and 1.22", ""], said


def what_was_seen_stands_where_an_answer_is_not_as_the_tip_says():
    assert [f.doubts() for f in found(RUN)[TIP]] == [
        [], [("contradicted", "Go 1.21 and 1.23", "saw no! there")], [("undecided", "Go 1.21 and 1.22", "saw - there")], []]


def a_source_that_is_a_page_is_a_link():
    assert found(RUN)[TIP][3].source() == ("https://go.dev/doc/go1.5", "go.dev/doc/go1.5 (io)")


def all_of_them_are_counted():
    said = facts.summary(found(RUN))
    assert said == ("The tips state 4 facts about releases of Go. Go 1.19 to 1.27 were asked about 3: as stated in every release 1, "
                    "contradicted 1, undecided somewhere 1. Cited, not run: 1."), said


def a_fact_about_time_says_the_size_that_decides_and_what_the_newest_took():
    bounds = {"claim": "time", "least": 0, "under": 0, "than_before": False}
    for claimed, given, wanted in ((0, {}, "bad takes more than 1.1× good’s time"), (1.5, {}, "bad takes at least 1.5× good’s time"),
                                   (0, {"under": 1.25}, "bad takes less than 1.25× good’s time"),
                                   (0, {"least": 1.2, "than_before": True}, "good takes at least 1.2× its time in the release before"),
                                   (0, {"claim": "tasks"}, "")):
        tip = SimpleNamespace(name=TIP, claims=[{"column": "time", "ratio": claimed, "heap": None}], words={"facts": [{"what": "it, is", **bounds, **given}]})
        fact = found(answers(0, "it; is", "", {"1.19": "no!", "1.27": "yes"}), [tip])[TIP][0]
        assert fact.tested == wanted, (fact.tested, wanted)
        assert fact.sentence() == "It; is" + f" (tested: {wanted})" * bool(wanted) + "."
        assert fact.found() == "no in Go 1.19; yes in Go 1.27" + "; in Go 1.27 saw yes there" * bool(wanted), fact.found()


def a_run_that_asked_no_go_has_no_facts():
    assert found(cited(0, "a buffer may be given", "go.dev/doc/go1.5 (io)")) == {}


def the_report_has_them_on_the_card_and_in_short():
    with tempfile.TemporaryDirectory() as folder:
        run = synthetic.make(Path(folder) / "run", 1, True, ())
        assert "How it aged, release by release" not in page(run)
        (run / "aged.csv").write_text(HEADER + RUN)
        text = page(run)
    card = text[text.index("How it aged, release by release"):]
    assert re.search(r"✓ confirmed A timer is taken, since Go 1\.23\. No in Go 1\.19 to 1\.22; yes in Go 1\.23 and 1\.27\.", card), card[:900]
    assert "✗ contradicted A map is kept." in card and "Contradicted by Go 1.21 and 1.23: saw no! there." in card
    assert "– cited, not run A buffer may be given, since Go 1.5. Source: go.dev/doc/go1.5 (io)." in card
    short = text[text.index("The tips state 4 facts"):text.index("All tips")]
    assert "✗ contradicted Invented tip number 0: A map is kept." in short and "timer" not in short, short


def page(run):
    """Its report, as words."""
    said = subprocess.run(["/usr/bin/python3", ROOT / "plots/render.py", run, "--words", run.parent / "words.json", "--says", ""],
                          capture_output=True, text=True, env=os.environ)
    assert said.returncode == 0, said.stderr
    text = re.sub(r"<(style|script|svg).*?</\1>|<[^>]*>", "", (run / "report.html").read_text(), flags=re.S)
    return " ".join(html.unescape(text).split())


if __name__ == "__main__":
    sys.exit(tap.run(tap.tests_of(globals())))
