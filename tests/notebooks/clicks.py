#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""clicks.py - every lesson, clicked through in a real browser as a student does it.

    clicks.py [FAMILY/TIP | 00-start ...]      those lessons; all of them, if none is named

`make lab` serves a copy of the notebooks; Chromium opens the list and the notebook, runs the cells, predicts (once
wrong), follows the link to the file, mends it in the editor that opens there, saves, waits for what the watch says,
has it graded, looks at the good twin, and follows the link to the next lesson.  A dead end anywhere is a failure.

Works with Jupyter's Notebook 6, and with JupyterLab 4, whose pages Notebook 7 has: LAB_SERVER='jupyter lab --no-browser
--port={port} --notebook-dir=notebooks'.  SHOTS=folder keeps pictures."""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "notebooks"))
import lessons

PATIENCE_S = 1200  # for anything at all: a busy machine takes many times as long as a quiet one
FLAGS = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --disable-extensions --window-size=1200,1000").split()
TABS = ".lm-DockPanel-tabBar .lm-TabBar-tab"
SHOTS = os.environ.get("SHOTS")
START = "00-start.ipynb"


@dataclass
class Page:
    """What the parts of a page are called."""
    cell: str
    editor: str   # in a cell, and in the page of a file
    output: str
    prompt: str
    idle: str


CLASSIC = Page(".cell", ".CodeMirror", ".output_area", ".input_prompt", ".kernel_idle_icon")
LAB = Page(".jp-Notebook .jp-Cell", ".cm-content", ".jp-OutputArea-output", ".jp-InputArea-prompt", "[data-status=idle]")


class DeadEnd(Exception):
    """What a student would be left with."""


# --- what is served ---------------------------------------------------------------------------

def copy_of_tree(folder):
    """The notebooks, so that nobody's own are written to, beside all that they stand on."""
    for path in ROOT.iterdir():
        if path.name not in ("notebooks", "results", ".git"):
            (folder / path.name).symlink_to(path)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns("labs", ".ipynb_checkpoints"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def served(folder):
    """`make lab` there, or what LAB_SERVER says instead, with {port} in it; the address that it prints."""
    command = shlex.split(os.environ.get("LAB_SERVER", "make lab PORT={port} GO=none").format(port=free_port()))
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "TIP")}
    log = folder / "server.log"
    with open(log, "w") as out, subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                                 start_new_session=True) as server:
        try:
            found = wait(lambda: re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", log.read_text()), "`make lab` prints no address")
            yield found[0]
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def wait(true, dead_end, seconds=PATIENCE_S):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(StaleElementReferenceException):  # the page has changed under the eye
            if found := true():
                return found
        time.sleep(0.1)
    raise DeadEnd(dead_end() if callable(dead_end) else dead_end)


# --- a hand and an eye ------------------------------------------------------------------------

class Student:
    def __init__(self, address):
        options = Options()
        options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
        for flag in FLAGS:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver") or "/usr/bin/chromedriver"), options=options)
        self.address, self.driver.implicitly_wait = address, 0
        self.driver.get(address)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        chain = ActionChains(self.driver)
        for key in keys[:-1]:
            chain.key_down(key)
        chain.send_keys(keys[-1])
        for key in keys[:-1]:
            chain.key_up(key)
        chain.perform()

    def replace_text(self, editor, text):
        """As by pasting: no bracket is closed by the editor's own wits."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", editor)
        editor.click()
        self.press(Keys.CONTROL, "a")
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})

    @contextlib.contextmanager
    def tab(self, link, or_else=lambda: False):
        """What a link opens: a tab of the browser, or one of JupyterLab; or else it leads to something in this page."""
        windows, here = set(self.driver.window_handles), self.driver.current_window_handle
        tabs, name = len(self.all(TABS)), link.get_attribute("href")
        front = next((tab.text for tab in self.all(f"{TABS}.lm-mod-current")), "")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        wait(lambda: len(self.driver.window_handles) > len(windows) or len(self.all(TABS)) > tabs or or_else(),
             f"the link {name} opens nothing", 60)
        opened = set(self.driver.window_handles) - windows
        if opened:
            self.driver.switch_to.window(opened.pop())
        try:
            yield
        finally:
            if self.driver.current_window_handle != here:
                self.driver.close()
                self.driver.switch_to.window(here)
            elif front:
                next(tab for tab in self.all(TABS) if tab.text == front).click()

    def shows(self, heading):
        """Does a heading that ends so stand in the window?"""
        return any(h.text.rstrip("¶").endswith(heading) and self.driver.execute_script(
            "const b = arguments[0].getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight", h) for h in self.all("h2"))

    def seen(self):
        """The page as it is, in words, for whoever must mend the dead end."""
        return f"{self.driver.current_url}: {' '.join(self.driver.find_element(By.TAG_NAME, 'body').text.split())[:300]}"

    def picture(self, name):
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(f"{SHOTS}/{name}.png")


class Notebook:
    """An open one; cells are counted as in its file."""

    def __init__(self, student, path):
        self.student, self.driver = student, student.driver
        cells = json.loads(path.read_text())["cells"]
        self.kinds, self.sources = [c["cell_type"] for c in cells], ["".join(c["source"]) for c in cells]
        self.page = wait(lambda: next((p for p in (CLASSIC, LAB) if len(student.all(p.cell)) >= len(self.sources)), None),
                         lambda: f"the notebook does not open: {student.seen()}")
        wait(lambda: student.all(self.page.idle), lambda: f"no kernel starts: {student.seen()}")

    def find(self, code, after=0):
        """The number of the first cell from there on that has this line."""
        return next(i for i in range(after, len(self.sources)) if re.search(rf"^{re.escape(code)}", self.sources[i], re.M))

    def cell(self, i):
        return self.student.all(self.page.cell)[i]

    def shown(self, i):
        return self.driver.execute_script("""
            const cell = document.querySelectorAll(arguments[0])[arguments[1]];
            return [...cell.querySelectorAll(arguments[2])].map(part => part.innerText).join(" ");""", self.page.cell, i, self.page.output)

    def run(self, i, text=None):
        """Shift-Enter in it, and wait for its end; what it shows."""
        editor = self.cell(i).find_element(By.CSS_SELECTOR, self.page.editor)
        if text:
            self.student.replace_text(editor, text)
        else:
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", editor)
            editor.click()
        self.student.press(Keys.SHIFT, Keys.ENTER)
        wait(lambda: re.search(r"\[\d+\]", self.cell(i).find_element(By.CSS_SELECTOR, self.page.prompt).text),
             lambda: f"a cell does not end: {self.sources[i]}")
        return self.shown(i)

    def wait_for(self, i, words):
        wait(lambda: words in self.shown(i), lambda: f"{self.sources[i]} does not show {words!r}, but {self.shown(i)!r}")


# --- a lesson ---------------------------------------------------------------------------------

def guessed(source, claims):
    """The cell that predicts, filled in: right, but for the first column, which is wrong."""
    for k, claim in enumerate({c["column"]: c for c in claims}.values()):
        column, wrong = claim["column"], k == 0
        if column == "time":
            right, other = '"slower"', '"faster"'
        else:
            right = f'("{claim["bad"].lower()}", "{claim["good"].lower()}")'
            other = '("ok", "ok")' if column == "outcome" else '("falls", "grows")'
        source = re.sub(rf"^    {column}=.*", f"    {column}={other if wrong else right},", source, flags=re.M)
    return source


def check(true, dead_end):
    if not true:
        raise DeadEnd(dead_end)


def mend(student, link, lesson, folder):
    """Follow the link, edit there, save."""
    good = (ROOT / "patterns" / lesson.tip / "good.c").read_text()
    file = folder / "notebooks/labs" / lesson.tip / "student.c"
    with student.tab(link):
        editor = wait(lambda: next(iter(student.all(f"body.edit_app {CLASSIC.editor}, .jp-FileEditor {LAB.editor}")), None),
                      lambda: f"no editor is there: {student.seen()}", 60)
        wait(lambda: "struct scene" in editor.text, lambda: f"the file is not in the editor: {student.seen()}", 60)
        student.replace_text(editor, good)
        student.press(Keys.CONTROL, "s")
        wait(lambda: file.read_text().split() == good.split(), lambda: f"nothing is saved: {student.seen()}", 30)


def click_through(notebook, lesson, claims, folder):
    """The cells of one lesson, in their order."""
    student, begin = notebook.student, notebook.find(f'TIP = "{lesson.tip}"')
    predict, fix, watch, hint, grade, compare = (notebook.find(code, begin) for code in (
        "lab.predict(", "lab.fix(", "lab.watch(", "# lab.hint(", "lab.grade(", "lab.compare("))
    for i in range(begin, fix):
        code = notebook.sources[i]
        if not re.match(r"(TIP =|lab\.)", code):
            continue
        said = notebook.run(i, guessed(code, claims) if i == predict else None)
        check("lab:" not in said and "Error" not in said, f"{code}: {said}")
        if code.startswith("lab.show("):
            check("✗" in said and re.search(r"✓|not decided", said) or len(claims) == 1, f"no prediction is marked: {said}")
            student.picture(f"{lesson.tip.replace('/', '-')}-show")
    notebook.run(fix)
    links = notebook.cell(fix).find_elements(By.CSS_SELECTOR, "a")
    check(links, "there is no link to the file to mend")
    notebook.run(watch)
    notebook.wait_for(watch, "save it again")  # it has looked at the bad twin
    check("no:" in notebook.shown(watch), f"nothing is wrong with the bad twin: {notebook.shown(watch)}")
    student.picture(f"{lesson.tip.replace('/', '-')}-fix")
    check("1 of 4" in notebook.run(hint, "lab.hint(TIP)"), "there is no hint")
    for link in links:
        mend(student, link, lesson, folder)
    notebook.wait_for(watch, "Right in all but the clock")
    student.picture(f"{lesson.tip.replace('/', '-')}-watch")
    said = notebook.run(grade)
    points = re.search(r"([\d.]+) of 100", said)
    check(points and float(points[1]) >= lessons.PASSED, f"the good twin does not pass: {said}")
    check("Passed" in said, f"nothing says that it is passed: {said}")
    check("the good twin" in notebook.run(compare), "the good twin is not shown")
    student.picture(f"{lesson.tip.replace('/', '-')}-grade")
    go_on(student, notebook.cell(grade).find_elements(By.CSS_SELECTOR, "a"), said)


def go_on(student, links, said):
    """To the next lesson, in this notebook or in another one."""
    if not links:
        check("All lessons are done" in said, f"there is no next lesson: {said}")
        return
    title = links[0].text
    with student.tab(links[0], lambda: student.shows(title)):
        wait(lambda: student.shows(title), lambda: f"the link does not lead to {title!r}: {student.seen()}", 60)


@contextlib.contextmanager
def opened(student, name):
    """A notebook, from the list on the page that `make lab` has given the address of; JupyterLab anew with nothing else."""
    if "/lab" in student.address:
        student.driver.get(student.address.replace("/lab", f"/lab/tree/{name}") + "&reset")
        yield
        return
    student.driver.get(student.address)
    link = wait(lambda: next((a for a in student.all("a") if a.text.split("\n")[0].strip() == name), None),
                lambda: f"{name} is not in the list: {student.seen()}", 60)
    with student.tab(link):
        yield


def tried(student, name, walk_it):
    """(name, why it has failed, or "")"""
    try:
        walk_it()
        return name, ""
    except Exception as e:  # whatever it is, it is in a student's way
        student.picture(f"{re.sub(r'[^a-z]+', '-', name)}-dead-end")
        here = [f"line {f.lineno}" for f in traceback.extract_tb(e.__traceback__) if f.filename == __file__]
        return name, f"{type(e).__name__} at {', '.join(here)}: {e}".partition("\nStacktrace:")[0]


def click_through_start(student, folder):
    """The first notebook: every cell, and the way from it to the first lesson."""
    with opened(student, START):
        notebook = Notebook(student, folder / "notebooks" / START)
        said = ""
        for i in (i for i, kind in enumerate(notebook.kinds) if kind == "code"):
            said = notebook.run(i)
            check("lab:" not in said and "Error" not in said, f"{notebook.sources[i]}: {said}")
        student.picture("start")
        check("done 0 of" in said, f"it does not say what is next: {said}")
        go_on(student, notebook.cell(i).find_elements(By.CSS_SELECTOR, "p a"), said)


def walk(student, chosen, starts, claims, folder):
    """(what, why it has failed or "") of each."""
    if starts:
        yield tried(student, START, lambda: click_through_start(student, folder))
    for name in dict.fromkeys(lesson.notebook for lesson in chosen):
        with opened(student, name):
            notebook = Notebook(student, folder / "notebooks" / name)
            notebook.run(notebook.find("import lab"))
            for lesson in (l for l in chosen if l.notebook == name):
                yield tried(student, f"{lesson.tip}: {lesson.title}", lambda: click_through(notebook, lesson, claims[lesson.tip], folder))


def main():
    every = {lesson.tip: lesson for lesson in lessons.lessons()}
    named = sys.argv[1:] or [Path(START).stem, *every]
    unknown = set(named) - {Path(START).stem, *every}
    if unknown:
        sys.exit(f"clicks.py: there is no lesson {unknown.pop()}; there are {Path(START).stem}, {', '.join(every)}")
    chosen, starts = [every[tip] for tip in every if tip in named], Path(START).stem in named
    listed = subprocess.run([ROOT / os.environ.get("B", "build") / "twinbench", "list", "--json"], stdout=subprocess.PIPE, check=True).stdout
    claims = {t["name"]: t["claims"] for t in json.loads(listed)["tips"]}
    os.environ.setdefault("TWIN_BATCH_US", "500")  # what the clock finds is not looked at
    print(f"1..{len(chosen) + starts}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # not without ending what was started
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lab-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # behind the fence somebody else reads it
        copy_of_tree(folder)
        with served(folder) as address:
            student = Student(address)
            try:
                for i, (what, why) in enumerate(walk(student, chosen, starts, claims, folder), 1):
                    print(f"{'not ok' if why else 'ok'} {i} - {what}", flush=True)
                    failed += bool(why)
                    lines = why.splitlines()
                    told = lines if len(lines) < 20 else [*lines[:4], "...", *lines[-14:]]  # the cause stands in the last
                    print("".join(f"# {line}\n" for line in told), end="", flush=True)
            finally:
                student.driver.quit()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
