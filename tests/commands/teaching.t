#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""teaching.t - what a teacher makes: slides that can be read from the last row, what a class predicts,
and an archive without the answers.

Each function is one test; its name is the sentence that is true when it passes."""

import collections
import contextlib
import csv
import html
import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest.mock
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/fixtures"), str(ROOT / "tests/lib"), str(ROOT / "notebooks/teaching"), str(ROOT / "notebooks"), str(ROOT / "plots"), str(ROOT / "bench/python"),
                str(ROOT / "bench/serve")]

import ballots
import bundle
import class_server
import mistakes
import pages
import slides as decks
import synthetic
import tap
from programs import Running
from run import Run, words
from typed import Typed

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
LIMIT_S = 300  # for whatever is waited for
FAMILY = "defer"  # the smallest
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
TALLER = """<script>
document.body.className = "";
const letters = e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
const top_of = svg => svg.getScreenCTM().f + svg.getScreenCTM().d * svg.viewBox.baseVal.y;
document.title = [...document.querySelectorAll(".slide")].map((s, i) => [i + 1, [...s.querySelectorAll(".body, .body *")].some(
    e => e.matches(".charts svg text") ? letters(e) < 15 : e.matches(".charts svg") ? e.getBoundingClientRect().top < top_of(e) - 2 : !e.closest("svg") && getComputedStyle(e).display != "inline"
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


DUMP = f"""fatal error: all tasks are asleep - deadlock!

task 1 [sync.WaitGroup.Wait]:
    waits at bench/inside/drive.c:144 in stage_serve

task 2 [sync.Mutex.Lock]:
    waits at patterns/leaks/range-unclosed/bad.c:8 in serve
    called at bench/inside/drive.c:86 in request
    held by task 5
"""


def what_was_found_is_told_without_a_chart_too():
    run, folder = Run(RUN, PROGRAM), TEMPORARY / "no-charts"
    folder.mkdir()

    def found():
        return decks.found_slide(run, {"name": TIP}, "what somebody sees", folder)[0]
    drawn = found()
    assert drawn["charts"] and not drawn["dump"] and not drawn["seen"], (drawn["dump"], drawn["seen"])
    assert len(drawn["sentences"]) == 1 and drawn["sentences"][0].startswith("C and Go: "), drawn["sentences"]
    with unittest.mock.patch.object(decks, "panels_of", lambda tip: []):
        assert found()["seen"] == "what somebody sees", found()
        kept = RUN / "dumps" / f"{TIP.replace('/', '-')}-bad.txt"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(DUMP)
        assert found()["dump"] == [line for k, line in enumerate(DUMP.splitlines()) if k in (0, 4, 5, 6, 8)], found()["dump"]
        kept.write_text(DUMP + "".join(f"\ntask {n} [sync.Mutex.Lock]:\n    waits at patterns/leaks/range-unclosed/bad.c:8 in serve\n" for n in range(3, 9)))
        assert "[sync" not in found()["dump"][-1] and len(found()["dump"]) == 14, found()["dump"]  # no task is begun and not told
        assert not found()["seen"], found()["seen"]
        kept.unlink()


def many_words_and_the_charts_have_a_slide_each():
    run, folder = Run(RUN, PROGRAM), TEMPORARY / "many-words"
    folder.mkdir()

    def found(said):
        with unittest.mock.patch.object(decks, "found_in", lambda there: said):
            return [(s.body["sentences"], bool(s.body["charts"])) for s in decks.slides_of(run, TIP_WORDS, folder) if s.kind == "found"]
    short, long = ["C: a word."], ["C: " + "many a word " * 16, "Go: " + "many a word " * 16]
    assert found(short) == [(short, True)], found(short)
    assert found(long) == [(long, False), ([], True)], found(long)


def a_program_is_broken_between_two_functions():
    lines = [(text, "", text) for text in ("void a(void)", "{", "    b;", "}", "", "void c(void)", "{", "    d;", "", "    e;", "    f;", "}")]
    pages_ = decks.in_pages(lines, decks.tall(lines[:9], decks.LEAST))
    assert [part[0][0] for part, _ in pages_] == ["void a(void)", "void c(void)"], pages_


def the_notes_have_the_answers_and_the_minutes():
    deck()
    notes = html.unescape((TEMPORARY / f"slides/{FAMILY}-notes.html").read_text("utf-8"))
    for tip in (t for t in ROOT_TIPS if t.startswith(FAMILY + "/")):
        assert f"{tip}: " in notes, tip
        seen = pages.html(pages.page_of(tip)["What you see"])
        assert html.unescape(seen) in notes, tip
    assert "<b>0:04</b>" in notes and "1:2" in notes


def every_slide_fits():
    # Nothing overflows, the letters of a chart can be read, and what is cut away above it is not seen.
    if not BROWSER:
        raise tap.Skip("there is no chromium")
    page = TEMPORARY / "probe.html"
    page.write_text(deck().replace("</body>", TALLER + "</body>"))
    said = subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={TEMPORARY}/profile",
                           "--virtual-time-budget=5000", "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=600).stdout
    title = re.search("<title>(.*?)</title>", said)[1]
    assert title == "all fit", f"slides that overflow: {title}"


def a_family_that_is_none_is_named():
    said = slides("leeks\n")
    assert said.returncode == 1 and said.stderr.count("\n") == 1, said.stderr
    assert "no family 'leeks\\n'" in said.stderr and "leaks" in said.stderr, said.stderr


# --- what a class predicts

class Poll(Running):
    """`predict.py` with its page open, until the block ends."""

    def __init__(self, *words):
        super().__init__(["/usr/bin/python3", ROOT / "notebooks/teaching/predict.py", TIP, "--words", PROGRAM, "--run", RUN, "--out", CLASS,
                          *words], TEMPORARY)

    def post(self, body, headers={}):
        return self.ask("/", "POST", body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def predict(self, student, encoding="utf-8", **said):
        said = {"saying": "myth", "tasks.bad": "grows", "tasks.good": "flat"} if not said else said
        return self.post(urllib.parse.urlencode({"student": student, **said}, encoding=encoding))

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=600)


def fresh():
    shutil.rmtree(CLASS, ignore_errors=True)


def rows():
    with open(CLASS / "leaks-range-unclosed.csv", newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def what_was_acknowledged_outlives_a_kill_and_is_one_row_a_student():
    fresh()
    with Poll() as poll:
        assert poll.host == "127.0.0.1", poll.first
        assert poll.predict("Ada")[0] == 303 and poll.predict("Bob")[0] == 303
        poll.process.kill()
    with open(CLASS / "leaks-range-unclosed.jsonl", "ab") as f:
        f.write(b'{"student": "Ada", "said": {"tasks.b')  # torn by the kill
    with Poll() as poll:
        assert poll.predict("Ada ", **{"saying": "true"})[0] == 303
        out, err = poll.end()
    assert poll.process.returncode == 0, err
    again = call("predict.py", TIP, "--show", "--words", PROGRAM, "--run", RUN, "--out", CLASS)  # reads the box anew
    assert again.returncode == 0, again.stderr
    assert [(r["student"], r["saying"], r["tasks.bad"]) for r in rows()] == [("Ada", "true", ""), ("Bob", "myth", "grows")], rows()
    assert "true 1" in out and "myth 1" in out and "grows 1 <- found" in out, out


def three_hundred_at_once_are_all_noted_beside_connections_that_say_nothing():
    fresh()
    with Poll() as poll, contextlib.ExitStack() as silent, ThreadPoolExecutor(300) as class_:
        for _ in range(100):  # a browser opens some that it never uses
            silent.enter_context(socket.create_connection((poll.host, poll.port)))
        start = threading.Barrier(300)

        def student(n):
            start.wait()
            return poll.ask()[0], poll.predict(f"student {n}")[0]
        told = collections.Counter(class_.map(student, range(300)))
        out, _ = poll.end()
    assert told == {(200, 303): 300}, told
    assert len(rows()) == 300 and "myth 300" in out, out


def who_finds_no_place_waits_for_one():
    class Says(class_server.Handler):
        timeout = 0.5

        def do_GET(self):
            self.answer(200, b"said")
    with unittest.mock.patch.object(class_server, "AT_A_TIME", 2), class_server.Server("127.0.0.1", 0, Says) as server, contextlib.ExitStack() as silent:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for _ in range(4):
            silent.enter_context(socket.create_connection(("127.0.0.1", server.server_port)))
        with urllib.request.urlopen(server.url(), timeout=LIMIT_S) as answer:
            assert answer.read() == b"said"
        server.shutdown()


def a_port_that_is_none_or_taken_is_named_in_a_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for given, status, say in (("abc", 1, "'abc' is no port: 0 to 65535"), ("99999", 1, "'99999' is no port: 0 to 65535"), ("0", 0, ""),
                                   (port, 1, f"cannot listen on port {port} of '127.0.0.1': Address already in use")):
            said = subprocess.run(["/usr/bin/python3", ROOT / "bench/serve/class_server.py", given], capture_output=True, text=True)
            assert (said.returncode, said.stderr) == (status, f"twinbench: {say}\n" if say else ""), said


def two_who_have_one_name_are_told():
    fresh()
    with Poll() as poll:
        told = [urllib.request.urlopen(urllib.request.Request(f"http://{poll.host}:{poll.port}/", urllib.parse.urlencode({"student": name, "saying": "myth"})
                                                              .encode()), timeout=LIMIT_S).read().decode() for name in ("Anna", "Bob", "Anna ")]
    assert ["two of you have one name" in text for text in told] == [False, False, True], told


def names_of_any_letters_reach_neither_page_nor_terminal_as_they_are():
    fresh()
    nasty = ["=HYPERLINK(1)", "<script>alert(1)</script>", "\x1b[31mscarlet", "J\u00fcrg"]
    with Poll() as poll:
        told = [poll.predict(n, encoding="latin-1" if n[0] == "J" else "utf-8") for n in nasty]
        pages_ = poll.ask()[1] + poll.ask("/noted")[1] + "".join(text for _, text in told) + poll.predict("<b>x", saying="<b>y")[1]
        out, err = poll.end()
    assert [status for status, _ in told] == [303] * 4, told
    for text in (pages_, out, err):
        assert not re.search(r"HYPERLINK|alert|<b>|\x1b|scarlet|J.rg", text), text
    assert {r["student"] for r in rows()} == {"<script>alert(1)</script>", "'=HYPERLINK(1)", "?[31mscarlet", "J\u00fcrg"}, rows()


def what_is_no_answer_is_refused_and_leaves_no_row():
    fresh()
    with Poll() as poll:
        assert poll.predict("")[0] == 400
        assert poll.predict("x" * 61)[0] == 400
        assert poll.predict("Ada", **{"tasks.bad": "explodes"})[0] == 400
        assert poll.predict("Ada", **{"no_column.bad": "grows"})[0] == 400
        assert poll.post("student=Ada&saying=")[0] == 400
        assert poll.post("x" * 5000)[0] == 413
        assert poll.post("&".join(f"a{i}=1" for i in range(100)))[0] == 400
        assert poll.post("", {"Content-Length": "-1"})[0] == 413
        assert poll.ask("/../../etc/passwd")[0] == 404
        out, err = poll.end()
        said = call("predict.py", TIP, "--words", PROGRAM, "--run", RUN, "--out", CLASS, "--port", "abc")
        assert said.returncode == 1 and said.stderr == "twinbench: predict: 'abc' is no port: 0 to 65535\n", said.stderr
    assert poll.process.returncode == 1 and "nobody has answered" in err and err.count("\n") == 1, err


def a_box_has_an_end():
    fresh()
    box = ballots.Box(CLASS / "box.jsonl", TIP_WORDS)
    ballots.MOST_STUDENTS, most = 2, ballots.MOST_STUDENTS
    try:
        for n in ("a", "b", "a"):
            box.put(n, {"saying": "myth"})
        try:
            box.put("c", {"saying": "myth"})
        except ballots.Refused:
            pass
        else:
            raise AssertionError("a third student of two was taken")
    finally:
        ballots.MOST_STUDENTS = most
    assert ballots.Box(CLASS / "box.jsonl", TIP_WORDS).counts() == {"saying": {"myth": 2}}


def predictions_come_from_files_too():
    fresh()
    folder = TEMPORARY / "predictions"
    folder.mkdir(exist_ok=True)
    said = json.dumps({TIP: {"saying": "true", "tasks": ["grows", "flat"]}})
    for name in (b"ada.json", b"J\xfcrg.json", b"=1+1.json"):
        (folder / os.fsdecode(name)).write_text(said)
    (folder / "eve").mkdir(exist_ok=True)
    (folder / "eve/predictions.json").write_text("[]")
    done = call("predict.py", TIP, "--from", folder, "--words", PROGRAM, "--run", RUN, "--out", CLASS)
    assert done.returncode == 0, done.stderr
    assert "eve/predictions.json: it is no JSON of predictions" in done.stderr
    assert {r["student"] for r in rows()} == {"ada", "J\u00fcrg", "'=1+1"}, rows()
    svg = (CLASS / "leaks-range-unclosed.svg").read_text("utf-8")
    assert "100% (3)" in svg and "found" in svg and "tasks, bad: 3 of 3 were right" in svg.replace("Tasks", "tasks"), svg[:2000]


# --- the students' archive

def no_line_that_is_a_good_twins_alone_is_in_the_students_archive():
    folder = TEMPORARY / "students"
    bundle.stage_students(folder, ROOT_TIPS)
    alone = {tip: set(bundle.alone_in_good(tip)) for tip in ROOT_TIPS}
    assert sum(map(bool, alone.values())) > 0.9 * len(ROOT_TIPS)  # the others take a line away, or it looked at nothing
    assert bundle.answers_in(folder, ROOT_TIPS) == []
    graded = subprocess.run(["/usr/bin/python3", "-c", "import build; print(*build.every_tip())"], cwd=folder / "notebooks/grader",
                            capture_output=True, text=True, env={k: v for k, v in os.environ.items() if k != "TIPS"})
    assert graded.stdout.split() == ROOT_TIPS, graded
    go = subprocess.run(["make", "-s", "--eval=show:; @echo $(GO)", "show"], cwd=folder, capture_output=True, text=True,
                        env={k: v for k, v in os.environ.items() if k not in ("GO", "B", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")})
    assert go.stdout == "none\n", go  # real Go would want both twins
    names = {p.name for p in folder.rglob("*")}
    assert not names & {"good.c", "good.go", "TEACHING.md", "HANDIN.md", "teaching", "honest", "cases.tsv", "FAIRNESS.csv",
                        "template", "template-go", "YOUR-OWN.md", "new-tip.sh"}, names
    assert {"bad.c", "Makefile", "lab.py", "00-start.ipynb", "students.mk"} <= names
    shutil.copy(ROOT / "patterns" / TIP / "README.md", folder / "patterns" / TIP / "README.md")
    (folder / "notebooks/lab.py").write_text("\n".join(alone["leaks/abandoned-sender"]))
    found = {(str(p), t) for p, t, _ in bundle.answers_in(folder, ROOT_TIPS)}
    assert found == {(f"patterns/{TIP}/README.md", TIP), ("notebooks/lab.py", "leaks/abandoned-sender")}, found


def a_place_where_no_archive_can_be_written_is_named_in_a_line():
    said = call("bundle.py", "--out", "/proc/nowhere")
    assert said.returncode == 1 and said.stderr == "twinbench: bundle: /proc/nowhere: No such file or directory\n", said.stderr


def the_good_twins_objects_are_the_same_wherever_they_are_made():
    folder, kinds = TEMPORARY / "objects", importlib.import_module("build").KINDS
    made = folder / "patterns" / TIP
    made.mkdir(parents=True)

    def objects():
        bundle.compile_goods(folder, [TIP])
        return {p.name: p.read_bytes() for p in made.iterdir()}
    first = objects()
    assert len(first) == len(kinds) and all(f"patterns/{TIP}/student.c".encode() in data for data in first.values()), first.keys()
    assert objects() == first, "made again, they are others"
    told = [name for name, data in first.items() if str(ROOT).encode() in data or tempfile.gettempdir().encode() + b"/" in data]
    assert not told, told


def where_a_difference_is_left_out_no_sentence_announces_it():
    def announcing(text):
        parts = re.split(r"\n\s*\n", text)
        return [part for part, after in zip(parts, parts[1:]) if part.endswith(":") and not re.match(r"```|~~~|[|>*-]|\d|    ", after)]
    left_out = 0
    for tip in ROOT_TIPS:
        text = (ROOT / "patterns" / tip / "README.md").read_text("utf-8")
        theirs = bundle.without_answers(f"patterns/{tip}/README.md", text)
        left_out += text.count(":\n\n```diff\n")
        assert announcing(theirs) == announcing(text), (tip, announcing(theirs))
    assert left_out, "nothing announces a difference, so this looked at nothing"


def the_last_hint_of_a_lesson_stays_with_the_teacher():
    page = bundle.without_answers("notebooks/hints.md", (ROOT / "notebooks/hints.md").read_text("utf-8"))
    beside = TEMPORARY / "hints.md"
    beside.write_text(page)
    there, all_ = pages.sections(beside), pages.sections(ROOT / "notebooks/hints.md")
    assert list(there) == list(all_) == pages.lessons() and there
    for tip, text in all_.items():
        assert pages.numbered(there[tip]) == pages.numbered(text)[:-1] != [], tip


def the_students_archive_builds_and_grades_in_an_empty_folder():
    if not os.environ.get("TEST_ALL"):
        raise tap.Skip("it builds everything: TEST_ALL=1")
    done = call("bundle.py", TIP, "--out", TEMPORARY / "bundle")
    assert done.returncode == 0, done.stderr
    folder = TEMPORARY / "unpacked"
    folder.mkdir()
    TEMPORARY.chmod(0o755)  # as root the fence looks at it as somebody else
    subprocess.run(["tar", "xzf", next((TEMPORARY / "bundle").glob("twinbench-students-*.tar.gz")), "-C", folder], check=True)
    here = folder / "twinbench-students"
    kept = {k: v for k, v in os.environ.items() if k not in ("B", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    bad = (here / "patterns" / TIP / "bad.c").read_text()
    (here / "my.c").write_text(bad.replace("    chan_drop(lines);", "    chan_close(lines);\n    chan_drop(lines);"))
    for source, least, most in (("my.c", 100, 100), (f"patterns/{TIP}/bad.c", 0, 59)):
        done = subprocess.run(["make", "grade", f"TIP={TIP}", f"SRC={source}", "JSON=out.json"], cwd=here, env=kept, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert least <= json.loads((here / "out.json").read_text())["score"] <= most, done.stdout
    done = subprocess.run(["make", "lesson", f"TIP={TIP}"], cwd=here, env=kept, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0 and "The rule" in done.stdout and "chan_drop(lines);" in done.stdout, done.stdout + done.stderr
    with Typed(["/usr/bin/python3", str(here / "notebooks/watch.py"), TIP], "q", here) as watch:
        watch.after("", r"line \d+: go\(")  # all gates have looked at the bad twin
        for key in "hg":
            watch.after(key, "good twin's text is with your teacher")
    assert watch.status == 0, watch.status


# --- the teacher's pages

def the_page_for_teachers_counts_the_mistakes_as_they_are():
    page = (ROOT / "notebooks/TEACHING.md").read_text("utf-8")
    assert mistakes.table() in page, "notebooks/teaching/mistakes.py prints another table than notebooks/TEACHING.md has"
    assert f"{len(ROOT_TIPS)} tips" in page
    assert sum(1 for _ in mistakes.wrong()) > 300 and "| together |" in mistakes.table()


def each_question_of_each_tip_has_a_key():
    for tip in ROOT_TIPS:
        asked, keys = pages.numbered(pages.page_of(tip)["For a class"]), pages.keys(tip)
        assert asked and len(keys) == len(asked), f"{tip}: {len(asked)} questions, {len(keys)} keys in notebooks/teaching/keys"
        for n, key in enumerate(keys, 1):
            assert len(key.split()) >= 8, f"{tip}: key {n} is no answer: {key!r}"


def keys_belong_to_tips():
    found = {f"{path.stem}: {tip}" for path in (ROOT / "notebooks/teaching/keys").glob("*.md") for tip in pages.sections(path)}
    assert found and found == {f"{tip.partition('/')[0]}: {tip}" for tip in ROOT_TIPS}, found


def the_teachers_page_has_questions_keys_and_mistakes():
    text = bundle.teachers_page("leaks", [TIP, "leaks/abandoned-sender"])
    assert text.count("class='key'") == 6 and "at most 59 points" in text and "channels 4, good has 0" in text
    assert html.escape("<script>") not in text and "What to say" in text


ROOT_TIPS = sorted(str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c"))
TIP = "leaks/range-unclosed"
TIP_WORDS = next(t for t in words(PROGRAM)["tips"] if t["name"] == TIP)
with tempfile.TemporaryDirectory() as folder:
    TEMPORARY = Path(folder)
    RUN, CLASS = synthetic.make(TEMPORARY / "run", 4), TEMPORARY / "class"
    sys.exit(tap.run(tap.tests_of(globals())))
