#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""settings.t - the same holds for every teacher: root, an ordinary user, and one without bubblewrap.

hostile.t and fence.t are run once more by a user that owns nothing but a copy of the tree.  Without a
bubblewrap that works, nothing is graded by anybody, and a line says so.  Some of the files in `make test`, all
of them in `make hostile`.  Only root can become somebody else, so for others this is skipped."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

USER = 3_000_000 + os.getpid()  # of nobody else, not even of this test elsewhere
TREE = ["Makefile", "VERSION", "runtime", "bench", "patterns", "notebooks", "plots", "packaging", "tests/grade", "tests/lib"]
BUILD = os.environ.get("B", "build")
BUILT = ["bench", "patterns", "runtime", "notebooks", "entries.c", "entries.d", "entries.o", "entries.tips", "harness.o", "twinbench"]
HOSTILE = cases.ROOT / "tests/grade/hostile"
TIP = "leaks/range-unclosed"


def copy_of_the_build(to):
    """What grading needs of it, as it stands; other tests may be building meanwhile."""
    with cases.gradings.build.alone():
        for path in (cases.ROOT / BUILD).iterdir():
            if path.name in BUILT or path.name.startswith("grade-"):
                if path.is_dir():
                    shutil.copytree(path, to / path.name, symlinks=True, ignore=unfinished)
                else:
                    shutil.copy2(path, to)


def unfinished(folder, names):
    """What a grader is writing."""
    return [name for name in names if re.search(r"\.(\d+|[0-9a-f]+\.new)$", name)]


def copy_of_the_tree(to):
    """What grading needs of it, and of its build."""
    for name in TREE:
        here = cases.ROOT / name
        if here.is_dir():
            shutil.copytree(here, to / name, symlinks=True)
        else:
            shutil.copy2(here, to / name)
    for mk in cases.ROOT.glob("tests/*.mk"):
        shutil.copy2(mk, to / "tests")
    (to / "build").mkdir()
    copy_of_the_build(to / "build")
    for folder, folders, files in os.walk(to):
        for name in (".", *folders, *files):
            os.chown(os.path.join(folder, name), USER, USER, follow_symlinks=False)


def as_user():
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"]


def processes():
    """Of that user."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            uid = re.search(r"^Uid:\s+(\d+)", status.read_text(), re.M)
        except OSError:
            continue
        if uid and int(uid[1]) == USER:
            found.append(status.parent.name)
    return found


def all_gone():
    deadline = time.monotonic() + 120
    while processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes()


def again(tap, tree, name, environment):
    """Another test's lines, told as this one's."""
    with subprocess.Popen([*as_user(), sys.executable, tree / "tests/grade" / name], cwd=tree, text=True,
                          env={**os.environ, "B": "build", "HOSTILE_EVERY": "24", **environment},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as test:
        plan, lines, why = None, 0, []
        for line in test.stdout:
            told = re.match(r"(ok|not ok) \d+ - (.*)", line)
            planned = re.match(r"1\.\.(\d+)(.*)", line)
            if told:
                lines += 1
                print(*why, sep="", end="")
                why = []
                tap.say(told[1] == "ok", f"as a user: {told[2]}")
            elif planned:
                plan = int(planned[1])
                why.append(f"# {planned[2]}\n" if planned[2] else "")
            else:
                why.append("# " + line.lstrip("# "))
        print(*why, sep="", end="", flush=True)
    tap.say(plan == lines > 0, f"as a user: {name} came to its end", f"{lines} of {plan}")


def a_user(tap, folder):
    tree = folder / "tree"
    (tree / "tests").mkdir(parents=True)
    copy_of_the_tree(tree)
    # What starts the compiler may keep a cache (CC="ccache gcc"), and not where the grader may leave nothing.
    cache = str(folder / "cache")
    environment = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "tmp"), "MAKEFLAGS": "", "XDG_CACHE_HOME": cache,
                   "CCACHE_DIR": cache}
    for name in ("tmp", "cache"):
        (folder / name).mkdir()
        os.chown(folder / name, USER, USER)
    for name in ("hostile.t", "fence.t"):
        again(tap, tree, name, environment)
    tap.say(all_gone(), "as a user: no process is left", processes())
    tap.say(not os.listdir(folder / "tmp"), "as a user: no file is left", os.listdir(folder / "tmp"))
    return tree


# --- without bubblewrap ---------------------------------------------------------------------------------

def path_without(folder, instead=None):
    """A PATH with all but bwrap; instead: what stands in its place."""
    folder.mkdir()
    for program in Path("/usr/bin").iterdir():
        if program.name != "bwrap":
            (folder / program.name).symlink_to(program)
    if instead:
        (folder / "bwrap").write_text(instead)
        (folder / "bwrap").chmod(0o755)
    return str(folder)


def class_of_all(folder, owner):
    """Each hostile file is a student's."""
    for path in HOSTILE.glob("*.c"):
        (folder / path.stem).mkdir(parents=True)
        shutil.copy(path, folder / path.stem / (TIP.replace("/", "-") + ".c"))
    os.chown(folder, owner, owner)
    return len(os.listdir(folder))


def refused(tap, who, words, path, environment):
    done = subprocess.run(words, text=True, env={**os.environ, **environment, "PATH": path}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    tap.say(done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
            and "there is no fence, so nothing is graded" in done.stderr, who, (done.returncode, done.stdout, done.stderr))


def no_bubblewrap(tap, folder, tree):
    """By root in this tree, and by the user in his."""
    paths = {"without bubblewrap": path_without(folder / "none"),
             "where bubblewrap may not work": path_without(folder / "broken", "#!/bin/sh\necho 'bwrap: no' >&2; exit 1\n")}
    files = sorted(HOSTILE.glob("*.c"))[::1 if os.environ.get("GRADE_ALL") else 40]
    for where, path in paths.items():
        for who, uid, root, become in (("root", 0, cases.ROOT, []), ("a user", USER, tree, as_user())):
            klass = folder / f"class of {who} {where}"
            n = class_of_all(klass, uid)
            grader = [*become, sys.executable, root / "notebooks/grader"]
            refused(tap, f"{where}, {who}: a class of {n} is refused in one line", [*grader, "--all", klass], path, {})
            tap.say(len(os.listdir(klass)) == n, f"{where}, {who}: nothing is written into the class", os.listdir(klass))
            for file in files:
                refused(tap, f"{where}, {who}: {file.stem} is refused in one line", [*grader, "--", TIP, file], path, {})


def main():
    tap = cases.Tap()
    with tempfile.TemporaryDirectory(prefix="settings-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        tree = a_user(tap, folder)
        no_bubblewrap(tap, folder, tree)
    return tap.end()


if os.geteuid() != 0:
    sys.exit(print("1..0 # SKIP only root can become another user"))
sys.exit(cases.behind_fence(main))
