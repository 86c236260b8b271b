#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""page.t - `fleet collect` on fleets that nobody has measured: what is put together, what is left
out and named, and what the page says.  No Slurm is needed.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / name) for name in ("tests/lib", "tests/fleet", "tests/fixtures", "bench/fleet", "plots", "bench/python")]
import simulate
import slurm
import synthetic
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
HERE = tempfile.TemporaryDirectory()
LETTERS = {"true": "t", "myth": "m", "depends": "d", "undecided": "u", "-": "-", "": "-"}


def base():
    """An invented run, with its words in it."""
    folder = Path(HERE.name, "base")
    if not folder.exists():
        run = synthetic.make(folder, 12)
        shutil.copy(folder / "words.json", run)
        facts = json.loads((run / "machine.json").read_text())
        (run / "machine.json").write_text(json.dumps(facts | {"quick": False, "margin": 0.1, "hypervisor": True, "go": "go1.19.8"}))
    return next(p.parent for p in folder.rglob("labels.csv"))


def fleet_of(n, seed=1):
    """(folder, what simulate knows of it)"""
    folder = Path(HERE.name, f"{n}-{seed}")
    return folder, simulate.make(folder, [base()], n, seed)


def collect(folder, **more):
    return subprocess.run([PROGRAM, "fleet", "collect", folder], capture_output=True, text=True, timeout=600, **more)


def collected(folder):
    """(what was printed, the page)"""
    said = collect(folder)
    assert said.returncode == 0 and not said.stderr, said
    return said.stdout, (folder / "fleet.html").read_text()


def complaint(folder, **more):
    said = collect(folder, **more)
    assert said.returncode == 1 and said.stderr.count("\n") == 1 and said.stderr.startswith("twinbench: "), said
    return said.stderr


def strips(page):
    """{tip: the letters of its row}"""
    found = dict(re.findall(r'data-tip="([^"]+)" data-kind="\w+" data-labels="([^"]+)"', page))
    assert found, page[:500]
    return found


def names(page):
    return [name for name, *_ in json.loads(re.search(r"const machines = (\[.*\]);", page)[1])]


def notes(page):
    """{machine: its notes} of the table of all machines."""
    rows = re.findall(r'<tr[^>]*><th scope="row">([^<]+)</th>(?:<td>[^<]*</td>){4}<td>([^<]*)</td></tr>', page)
    assert rows, "looked at nothing"
    return dict(rows)


def each_cell_is_the_label_that_the_run_has_stored():
    folder, _ = fleet_of(7)
    _, page = collected(folder)
    stored = {}
    for name in names(page):
        for r in csv.DictReader((folder / name / "labels.csv").open()):
            if not r["lang"]:
                stored[name, r["tip"]] = LETTERS[r["label"]]
    shown = {(name, tip): letter for tip, row in strips(page).items() for name, letter in zip(names(page), row, strict=True)}
    assert len(shown) == 7 * 12 and shown == stored, [(k, shown[k], stored.get(k)) for k in shown if shown[k] != stored.get(k)][:3]
    table = {(r["machine"], r["tip"]): LETTERS[r["label"]] for r in csv.DictReader((folder / "fleet.csv").open())}
    assert table == stored, "fleet.csv says otherwise"


def what_a_difference_hangs_on_is_told_from_what_it_does_not_hang_on():
    folder, known = fleet_of(200)
    _, page = collected(folder)
    said = {tip: text for tip, text in re.findall(r'<span class="name">([^<]+)</span></h3>(.*?)</article>', page, re.S)}
    for tip in known["processor"]:
        assert "It goes with the processor" in said[tip], said[tip]
    for tip in known["kernel"]:
        assert "It goes with the kernel:" in said[tip], said[tip]
    for tip in known["nothing"]:
        assert "No fact of the machines tells on which" in said[tip], said[tip]
    assert set(said) == {*known["processor"], *known["kernel"], *known["nothing"]}, set(said)


def of_few_machines_it_is_said_that_they_are_few():
    folder, known = fleet_of(18, 8)
    _, page = collected(folder)
    (text, *_) = [text for tip, text in re.findall(r'<span class="name">([^<]+)</span></h3>(.*?)</article>', page, re.S) if tip == known["processor"][0]]
    assert "It may go with the processor" in text and "too few machines to be sure" in text, text


def two_machines_that_differ_are_not_called_an_explanation():
    folder, _ = fleet_of(2)
    labels = folder / "n2/labels.csv"
    tip = next(csv.DictReader(labels.open()))["tip"]
    for n, word in ((1, "true"), (2, "myth")):
        path = folder / f"n{n}/labels.csv"
        path.write_text(re.sub(rf"^{tip},,\w+", f"{tip},,{word}", path.read_text(), flags=re.M))
    _, page = collected(folder)
    text = re.search(rf'<span class="name">{tip}</span></h3>(.*?)</article>', page, re.S)[1]
    assert "True on n1; myth on n2. So few machines cannot tell on what it depends. They differ in" in text, text


def every_trouble_is_named_and_nothing_else():
    folder, known = fleet_of(400, 2)
    said, page = collected(folder)
    told, shown = notes(page), set(names(page))
    every = {p.name for p in folder.iterdir() if p.is_dir()}
    copies = every - shown - {n for what in ("missing", "no json", "quick") for n in known[what]}
    assert len(copies) == len(known["copy"]) == 1 and copies <= {known["copy"][0], f"n{int(known['copy'][0][1:]) % 400 + 1:03}"}, copies
    for what, words in (("control", "its control failed in c"), ("torn", "not a row"), ("clock", "its clock is"), ("commit", "commit c0ffee")):
        assert {n for n, text in told.items() if words in text} == set(known[what]), (what, known[what])
    assert {n for n, text in told.items() if text} == {n for what in ("control", "torn", "clock", "commit") for n in known[what]}
    grey = set(re.findall(r'<tr class="grey"><th scope="row">([^<]+)', page))
    assert grey == set(known["control"]) and f"{len(grey)} grey, for the control failed" in said, grey
    other = known["commit"][0]
    assert "1 saying left out, for it was asked otherwise" in told[other]
    first = json.loads((folder / other / "words.json").read_text())["tips"][0]["name"]
    assert strips(page)[first][names(page).index(other)] == "-", first
    for words in ("machine.json cannot be read", "labels.csv is missing|no labels in it", "quick, and most are full", "a copy of another machine"):
        assert re.search(words, page), words


def all_true_but_one(n, seed):
    """A fleet that is of one mind, but for its first machine."""
    folder, _ = fleet_of(n, seed)
    paths = sorted(folder.glob("*/labels.csv"))
    for path in paths:
        path.write_text(re.sub(r"^([^,]+),,\w+", r"\1,,true", path.read_text(), flags=re.M))
    paths[0].write_text(paths[0].read_text().replace(",,true", ",,myth"))
    return folder


def a_file_that_goes_while_its_folder_is_copied_is_named():
    folder = Path(HERE.name) / "copied"
    (folder / "of").mkdir(parents=True)
    (folder / "of/gone").symlink_to(folder / "nothing")
    try:
        slurm.end(lambda: shutil.copytree(folder / "of", folder / "to"), "fleet")
    except SystemExit as e:
        assert str(e).startswith(f"twinbench: fleet: {folder}/of/gone cannot be copied: "), e


def one_run_in_a_hundred_may_dissent_and_is_named():
    for n, first in ((150, "n001"), (80, "n01")):
        folder = all_true_but_one(n, 3)
        tips = {r["tip"] for r in csv.DictReader((folder / first / "labels.csv").open())}
        said, page = collected(folder)
        assert "Of 12 sayings 12 are true on all or nearly all of" in said and "; 0 depend on the machine" in said, said
        assert page.count(f"{first} otherwise") == len(tips) - 1 * ("null" in tips), page.count(f"{first} otherwise")
        assert f"<li>{first}: each says otherwise than nearly all machines of several sayings" in page
        assert "alone in 12 sayings" in notes(page)[first], notes(page)[first]


def one_of_a_few_that_dissents_may_have_a_false_word():
    said, page = collected(all_true_but_one(20, 13))
    assert "none has the same label" in said and "12 depend on the machine" in said, said
    assert page.count("n01 says otherwise than the rest. One run in a hundred may have a false word") == 12
    assert "each says otherwise" not in page


def a_fact_that_errs_once_does_not_tell_the_label_of_all_machines():
    folder = all_true_but_one(300, 14)
    for path in sorted(folder.glob("*/machine.json"))[:150]:
        path.write_text(re.sub(r'"kernel": "[^"]*"', '"kernel": "other"', path.read_text()))
        labels = path.with_name("labels.csv")
        if labels.exists() and "n001" not in path.parts:
            labels.write_text(labels.read_text().replace(",,true", ",,depends"))
    _, page = collected(folder)
    assert set(re.findall(r"that tells the label of (\d+)%", page)) == {"99"}, re.findall(r"tells the label of \d+%", page)


def the_page_grows_no_faster_than_the_fleet_and_a_thousand_machines_fit_into_five_megabytes():
    pages = [collected(fleet_of(n, 4)[0])[1] for n in (150, 300)]
    sizes = [len(page) for page in pages]
    shapes = sum(svg.count("M") for svg in re.findall(r'<svg class="ticks".*?</svg>', pages[1]))
    assert 100 < shapes < 300 * 12 / 3, shapes  # equal neighbours are one
    assert sizes[1] <= 2 * sizes[0], sizes
    assert sizes[1] / 300 * 1000 * 70 / 12 < 5e6, sizes  # with as many sayings as there are


class Tags(html.parser.HTMLParser):
    """What was opened is closed again, in order."""
    VOID = {"meta", "input", "link", "br", "path"}

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open += [tag] * (tag not in self.VOID)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open and self.open[-1] == tag, (tag, self.open[-3:], self.getpos())
            self.open.pop()


def the_page_is_whole_and_says_no_more_than_text_of_what_is_text():
    folder, _ = fleet_of(3, 5)
    (folder / "n2").rename(folder / "<b>n2 & co")
    _, page = collected(folder)
    tags = Tags()
    tags.feed(page)
    assert not tags.open, tags.open
    assert "<b>n2" not in page.partition("const machines")[0] and "&lt;b&gt;n2 &amp; co" in page
    assert "People say &lt;this&gt; &amp; that." in page and not re.search(r"(src|href)=.?https?:", page), "it needs something else"


def without_a_run_that_counts_it_is_one_line():
    empty = Path(HERE.name, "empty")
    empty.mkdir()
    assert "no run to show in" in complaint(empty) and "there is none below it" in complaint(empty)
    folder, _ = fleet_of(2, 6)
    for path in folder.glob("*/machine.json"):
        path.write_text("[")
    assert "machine.json cannot be read" in complaint(folder)
    folder, _ = fleet_of(2, 9)
    for path in folder.glob("*/verdicts.csv"):
        path.write_text(path.read_text().replace(",holds,holds,c,", ",refuted,holds,c,"))
    assert "On no machine did the control come out the same, so nothing is said of 12 sayings." in collected(folder)[0]
    for text in ('{"job": 3}', '{"job": "a", "partition": "b", "submitted": "c", "tasks": [{"name": 1}]}'):
        (empty / "fleet.json").write_text(text)
        assert "holds something else than a fleet" in complaint(empty)


def a_machine_whose_facts_are_of_another_kind_or_no_text_is_shown_with_what_is_left():
    folder, _ = fleet_of(4, 8)
    for name, wrong in (("n1", {"commit": ["x"], "date": {}}), ("n2", {"kernel": "\ud800"}), ("n3", {"cores": None, "go": [1]})):
        path = folder / name / "machine.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | wrong))
    _, page = collected(folder)
    assert sorted(names(page)) == ["n1", "n2", "n3", "n4"], names(page)
    assert "its date cannot be read" in notes(page)["n1"], notes(page)
    assert "<td>unknown</td>" in page, "cores"


def a_folder_that_no_table_could_hold_is_a_machine_all_the_same():
    folder, _ = fleet_of(3, 10)
    (folder / "n1").rename(os.fsdecode(os.fsencode(folder) + b"/n\377\376"))
    (folder / "n2").rename(folder / 'a "b",\nc')
    _, page = collected(folder)
    table = {r["machine"] for r in csv.DictReader((folder / "fleet.csv").open(encoding="utf-8"))}
    assert table == {"n??", "a _b___c", "n3"}, table
    assert set(names(page)) == {"n??", 'a "b",\nc', "n3"}, names(page)


def without_a_control_a_run_has_no_voice():
    folder, _ = fleet_of(3, 11)
    first = (folder / "n1/verdicts.csv").read_text().split("\n")[0]
    for name, text in (("n1", first + "\n"), ("n2", "")):
        (folder / name / "verdicts.csv").write_text(text)
    said, page = collected(folder)
    assert "2 left out: n1, n2" in said and "no control in its verdicts.csv" in page, said


def a_file_that_cannot_be_written_to_its_end_is_one_line_and_what_was_there_stays():
    folder, _ = fleet_of(3, 12)
    collected(folder)
    before = {name: (folder / name).read_bytes() for name in ("fleet.html", "fleet.csv")}
    full = "ulimit -f 1; trap '' XFSZ; exec \"$0\" fleet collect \"$1\""  # 512 bytes a file
    said = subprocess.run(["sh", "-c", full, PROGRAM, folder], capture_output=True, text=True, timeout=60)
    assert said.returncode == 1 and said.stderr == f"twinbench: cannot write {folder}/fleet.csv: File too large; mend that and collect again, for nothing else is lost\n", said
    assert before == {name: (folder / name).read_bytes() for name in before} and not list(folder.glob(".*")), list(folder.glob(".*"))


def a_pipe_in_the_place_of_a_file_is_not_waited_for():
    folder, _ = fleet_of(7, 11)
    for n, name in enumerate(("machine.json", "labels.csv", "verdicts.csv", "words.json", "samples.csv"), 1):
        (folder / f"n{n}" / name).unlink()
        os.mkfifo(folder / f"n{n}" / name)
    _, page = collected(folder)
    assert not {f"n{n}" for n in range(1, 6)} & set(names(page)) and set(names(page)), names(page)


def a_run_that_may_not_be_read_is_left_out_with_its_owner():
    if os.geteuid():
        raise tap.Skip("only root can leave root's rights")
    folder, _ = fleet_of(3, 7)
    (folder / "n2").chmod(0o700)
    folder.chmod(0o777)
    Path(HERE.name).chmod(0o755)
    said = collect(folder, user=65534, group=65534, extra_groups=[])
    assert said.returncode == 0 and "1 left out: n2" in said.stdout, said
    page = (folder / "fleet.html").read_text()
    assert "n2: it belongs to root and may not be read" in page, re.findall("<li>Left out.*?</li>", page)


sys.exit(tap.run(tap.tests_of(globals())))
