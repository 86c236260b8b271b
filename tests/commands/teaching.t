#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""teaching.t - what a teacher makes: slides that fit, and can be read from the last row.

Each function is one test; its name is the sentence that is true when it passes."""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/fixtures"), str(ROOT / "tests/lib"), str(ROOT / "notebooks/teaching")]

import pages
import synthetic
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
FAMILY = "defer"  # the smallest
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
TALLER = """<script>
document.body.className = "";
document.title = [...document.querySelectorAll(".slide")].map((s, i) => [i + 1, [...s.querySelectorAll(".body, .body *")].some(
    e => !e.closest("svg") && getComputedStyle(e).display != "inline"
         && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1 && e.className == "body"))])
    .filter(([i, over]) => over).map(([i]) => i).join(" ") || "all fit";
</script>"""


def call(script, *words, path=None):
    return subprocess.run(["/usr/bin/python3", ROOT / "notebooks/teaching" / script, *map(str, words)], capture_output=True, text=True,
                          cwd=TEMPORARY, env={**os.environ, **({"PATH": path} if path else {})})


def slides(*words, **more):
    return call("slides.py", *words, "--words", PROGRAM, "--run", RUN, "--out", TEMPORARY / "slides", **more)


def deck():
    """The deck of a family, made once: it is looked at by several tests.  Without a browser, so without a PDF."""
    made = TEMPORARY / f"slides/{FAMILY}.html"
    if not made.exists():
        said = slides(FAMILY, path=browserless())
        assert said.returncode == 0, said.stderr
        assert "no PDF: there is no Chromium" in said.stdout, said.stdout
    return made.read_text("utf-8")


def browserless():
    """A PATH on which there is all but Chromium."""
    bare = TEMPORARY / "bin"
    if not bare.exists():
        bare.mkdir()
        for name in ("gnuplot", "rsvg-convert", "sh"):
            (bare / name).symlink_to(shutil.which(name))
    return str(bare)


def kinds(text):
    """[(what a slide is, its tip)]"""
    return [(m[1].split()[0], m[2]) for m in re.finditer(r'<section class="slide (.*?)".*?<header><span>(?:([a-z]+/[a-z-]+):)?', text, re.S)]


def the_saying_and_the_question_come_before_what_was_found():
    found = kinds(deck())
    tips = sorted({tip for _, tip in found if tip})
    assert tips == [t for t in ROOT_TIPS if t.startswith(FAMILY + "/")], tips
    for tip in tips:
        own = list(dict.fromkeys(kind for kind, t in found if t == tip))
        assert own == ["say", "predict", "found", "difference", "why", "go", "class"], (tip, own)


def the_deck_ends_after_ninety_minutes():
    lasts = [float(m) for m in re.findall(r"</b>, ([\d.]+) min", deck())]
    assert lasts and abs(sum(lasts) - 90) < 0.05 * len(lasts), sum(lasts)


def a_deck_is_one_file_that_asks_no_network():
    asked = re.findall(r"""(?:src|href)=["'](?!#)[^"']*|url\((?!#)[^)]*\)|@import[^;]*""", deck())
    assert not [a for a in asked if "data:" not in a], asked


def code_is_large_enough_for_the_last_row():
    sizes = [int(s) for s in re.findall(r'<pre style="font-size:(\d+)px"', deck())]
    assert sizes and min(sizes) >= 22, sizes


def a_chart_of_the_run_is_on_the_slide_and_its_marks_are():
    text = deck()
    used = set(re.findall(r"xlink:href='#(gpPt\d+)'", text))
    assert used and all(f"id='{mark}'" in text for mark in used), used
    assert "Invented CPU" in text


def the_notes_have_the_answers_and_the_minutes():
    deck()
    notes = html.unescape((TEMPORARY / f"slides/{FAMILY}-notes.html").read_text("utf-8"))
    for tip in (t for t in ROOT_TIPS if t.startswith(FAMILY + "/")):
        assert f"{tip}: " in notes, tip
        seen = pages.html(pages.page_of(tip)["What you see"])
        assert html.unescape(seen) in notes, tip
    assert "<b>0:04</b>" in notes and "1:2" in notes


def every_slide_fits():
    if not BROWSER:
        raise tap.Skip("there is no chromium")
    page = TEMPORARY / "probe.html"
    page.write_text(deck().replace("</body>", TALLER + "</body>"))
    said = subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={TEMPORARY}/profile",
                           "--virtual-time-budget=5000", "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120).stdout
    title = re.search("<title>(.*?)</title>", said)[1]
    assert title == "all fit", f"slides that overflow: {title}"


def a_family_that_is_none_is_named():
    said = slides("leeks\n")
    assert said.returncode == 1 and said.stderr.count("\n") == 1, said.stderr
    assert "no family 'leeks\\n'" in said.stderr and "leaks" in said.stderr, said.stderr


ROOT_TIPS = sorted(str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c"))
with tempfile.TemporaryDirectory() as folder:
    TEMPORARY = Path(folder)
    RUN = synthetic.make(TEMPORARY / "run", 4)
    sys.exit(tap.run(tap.tests_of(globals())))
