#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bundle.py [TIP...] - two archives: what students get, and what stays with the teacher.

    results/bundle/twinbench-students-ARCH.tar.gz   builds, measures and grades, without the answers
    results/bundle/twinbench-teacher.tar.gz         all of the project, and a page for each family:
                                                    questions with their keys, expected mistakes, what to say

A student needs the good twin, for his own is set beside it; so it is there as objects, made by the
grader's own commands for each kind of program that it builds.  What they say to a disassembler
remains readable, and the tip's rule in words does, too: a lesson ends with it.  No line that is the
good twin's alone is there in C or Go, and neither is the last hint, which nearly says it, nor are
the solutions of others that the grader is tested with."""

import argparse
import html
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bench/python"), str(HERE.parent / "grader")]

import broken_pipe
import mistakes
import pages
from pages import ROOT
from stored import Trouble

PARTS = ("Makefile", "LICENSE", "VERSION", ".clang-format", "bench", "notebooks", "patterns", "plots", "runtime")
# By what begins so: the answers, and the pages and tools that are a teacher's.
TEACHERS = ("notebooks/TEACHING.md", "notebooks/HANDIN.md", "notebooks/FAIRNESS.csv", "notebooks/teaching",
            "notebooks/grader/fairness.py", "notebooks/teaching.mk", "bench/studies/",
            "patterns/ARTICLE.md", "patterns/README.md", "patterns/lint.sh", "patterns/new-tip.sh",
            "patterns/template", "patterns/YOUR-OWN.md")  # a tip of one's own wants both twins, and what makes it
GENERATED = re.compile(r"\.git|\.ipynb_checkpoints|__pycache__|build(?!\.py).*|labs|results|.*\.pyc|.*\.new")

STUDENTS_MK = """# SPDX-License-Identifier: MIT
# students.mk - the good twin is here as an object; the harness calls it by another name than the grader.

$(B)/patterns/%.o: patterns/%.o
\t$(call say,COPY,$<)mkdir -p $(@D) && objcopy --redefine-sym $(subst -,_,$(subst /,_,$(*D)))_student=$(subst -,_,$(subst /,_,$*)) $< $@
"""
README = """# Twinbench, for students

Tips on concurrent code, each proved by two programs that differ in a few lines: *bad* makes the
mistake, *good* does not. Here are all the bad ones, and your task is to mend them.

    make lab                                     the lessons as notebooks, in a browser
    make lesson TIP={tip}       one of them on a terminal
    make watch TIP={tip}        a copy to mend, graded whenever you save it
    make grade TIP={tip} SRC=my.c

It builds on Debian 12 or 13 and on a recent Ubuntu, on {arch}, and installs what is missing there.
The first build takes a few minutes. [notebooks/README.md](notebooks/README.md) says more.
"""


def tree(root, under=PARTS):
    """[path from root] of the files that are the project's own, not what was made."""
    found = []
    for part in under:
        top = root / part
        for folder, folders, names in os.walk(top) if top.is_dir() else [(root, [], [part] if top.exists() else [])]:
            folders[:] = sorted(f for f in folders if not GENERATED.fullmatch(f))
            found += [(Path(folder) / n).relative_to(root) for n in sorted(names) if not GENERATED.fullmatch(n)]
    return found


def every_tip():
    return sorted(str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c"))


# --- the students' -----------------------------------------------------------------------------------

def is_students(path, tips):
    name = path.as_posix()
    if name.startswith(TEACHERS) or path.name in ("good.c", "good.go"):
        return False
    return "/".join(path.parts[1:3]) not in set(every_tip()) - set(tips)


def without_answers(name, text):
    """The file as students get it."""
    if re.fullmatch(r"patterns/.*/README\.md", name):
        text = re.sub(r":(?=\n\n```diff\n)", ".", text)  # the sentence that announced it stays
        return re.sub(r"^```diff\n.*?^```\n\n?", "", text, flags=re.S | re.M)
    if name == "notebooks/hints.md":  # the last hint of each is nearly the line
        return re.sub(r"^(\d+)\. (?:(?!^\d+\. |^## ).)*?(?=^## |\Z)", "\n", text, flags=re.S | re.M)
    if name == "notebooks/README.md":  # its last part is for teachers
        return text.partition("\n## For teachers\n")[0] + "\n"
    if name == "Makefile":  # real Go would want both twins
        return re.sub(r"^B +\?= .*\n", r"\g<0>GO      ?= none\n", text, flags=re.M)
    return text


def stage_students(folder, tips):
    """The files of the students' archive, but for the objects."""
    for path in tree(ROOT):
        if is_students(path, tips):
            made = folder / path
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, made)
            if path.suffix == ".md" or path.name == "Makefile":
                made.write_text(without_answers(path.as_posix(), made.read_text("utf-8")), "utf-8")
    lesson = next((t for t in pages.lessons() if t in tips), tips[0])
    (folder / "README.md").write_text(README.format(tip=lesson, arch=platform.machine()), "utf-8")
    (folder / "notebooks/students.mk").write_text(STUDENTS_MK)


def compile_good(tip, kind, folder):
    """The good twin as the grader would compile it: under the same names, for the tools look at them.  The names are
    relative, for a sanitizer's object keeps them: it says nothing of this machine, and is the same each time."""
    import build

    with tempfile.TemporaryDirectory() as place:
        for here, there in build.shown(tip, ROOT / "patterns" / tip / "good.c"):
            (there := Path(place + there)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(here, there)
        words = [w.replace("/src/", "./", 1) if w.startswith("/src/") else w for w in build.compiler_words(tip, kind)]
        made = folder.absolute() / "patterns" / tip / f"good{kind.suffix}.o"
        subprocess.run([*words, "-c", "-o", made], cwd=f"{place}/src", check=True)
        subprocess.run(["strip", "--strip-debug", made], check=True)


def compile_goods(folder, tips):
    import build

    with ThreadPoolExecutor(os.cpu_count()) as several:
        list(several.map(lambda pair: compile_good(*pair, folder), [(t, k) for t in tips for k in build.KINDS]))


def lines_of(text):
    """What each line says, without white space and the mark of a diff; with its comment, and without.  A brace or
    a return says nothing."""
    said = set()
    for line in text.splitlines():
        for words in (line, re.sub(r"/\*.*?(\*/|$)|//.*", "", line)):
            said.add(re.sub(r"\s+", "", words).lstrip("<>+-"))
    return {line for line in said if len(re.findall(r"\w", line)) > 6}


def alone_in_good(tip):
    """Lines that the good twin has, and no other file of the tip."""
    for suffix in ("c", "go"):
        good = ROOT / "patterns" / tip / f"good.{suffix}"
        others = [p for p in good.parent.iterdir() if p.suffix in (".c", ".h", ".go") and p.name not in ("good.c", "good.go")]
        if good.exists():
            yield from lines_of(good.read_text("utf-8")).difference(*(lines_of(p.read_text("utf-8")) for p in others))


def answers_in(folder, tips):
    """[(file, tip, line)]: such lines that stand beside the bad twin, in a page, or in a notebook."""
    texts = [p for p in sorted(folder.rglob("*")) if p.suffix in (".md", ".ipynb") or p.parent == folder / "notebooks" and p.suffix == ".py"]
    texts = [p for p in texts if len(p.relative_to(folder).parts) < 4]  # another tip's page may well recommend the same call
    said = {p: lines_of(re.sub(r"\\n", "\n", p.read_text("utf-8"))) for p in texts}
    found = []
    for tip in tips:
        own = {p: lines_of(p.read_text("utf-8")) for p in sorted((folder / "patterns" / tip).iterdir()) if p.suffix != ".o"}
        alone = set(alone_in_good(tip))
        found += [(path.relative_to(folder), tip, line) for path, lines in (said | own).items() for line in sorted(alone & lines)]
    return found


# --- the teacher's -------------------------------------------------------------------------------------

def teachers_page(family, tips):
    """What to say, what to ask, what is the answer, what goes wrong: HTML."""
    out = [f"<h1>{family}: for the teacher</h1>"]
    for tip in tips:
        page, answers = pages.page_of(tip), pages.keys(tip)
        out += [f"<h2>{tip}</h2>", "<h3>What to say</h3>", pages.html(page["What you see"]), pages.html(page["Why"]),
                "<h3>Questions</h3>", "<ol>"]
        for n, question in enumerate(pages.numbered(page["For a class"])):
            key = pages.html(answers[n]) if n < len(answers) else "<p class='open'>Key: ……………………………………</p>"
            out.append(f"<li>{pages.html(question)}<div class='key'>{key}</div></li>")
        out.append("</ol>")
        wrong = [(name.removeprefix(tip.partition("/")[2] + "-").replace("-", " "), most, says)
                 for name, of, most, says in mistakes.cases() if of == tip]
        if wrong:
            out += ["<h3>Expected mistakes, and what the grader says first</h3>", "<ul>",
                    *(f"<li>{html.escape(name)}: at most {most} points, <code>{html.escape(says)}</code></li>" for name, most, says in wrong),
                    "</ul>"]
    return ("<!doctype html>\n<html lang='en'><meta charset='utf-8'><title>" + family + ": for the teacher</title>\n<style>"
            "body{font:11pt/1.45 system-ui,'DejaVu Sans',sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
            "h2{border-top:2px solid;padding-top:.3em;margin-top:2em}.key{background:#f5f6f8;padding:.2em .8em;border-left:4px solid #14568f}"
            ".key p{margin:.2em 0}code{font-size:.92em}</style>\n" + "\n".join(out) + "\n</html>\n")


def stage_teacher(folder, tips):
    for path in tree(ROOT, sorted(p.name for p in ROOT.iterdir() if not GENERATED.fullmatch(p.name))):
        made = folder / path
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, made, follow_symlinks=False)
    (folder / "teacher").mkdir()
    for family in sorted({t.partition("/")[0] for t in tips}):
        text = teachers_page(family, [t for t in tips if t.startswith(family + "/")])
        (folder / f"teacher/{family}.html").write_text(text, "utf-8")


# --- the archives ----------------------------------------------------------------------------------------

def pack(folder, made):
    """Whole, beside its place, and renamed; the same files make the same bytes."""
    def plain(entry):
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = ""
        return entry

    beside = made.with_name(made.name + ".new")
    with open(beside, "wb") as f, subprocess.Popen(["gzip", "-n"], stdin=subprocess.PIPE, stdout=f) as gzip:
        with tarfile.open(fileobj=gzip.stdin, mode="w|") as archive:
            archive.add(folder, folder.name, filter=plain)
        gzip.stdin.close()
    if gzip.returncode:
        raise Trouble(f"gzip failed on {made}")
    os.replace(beside, made)
    print(f"{made}  {made.stat().st_size / 1e6:.1f} MB", flush=True)


def bundle(args):
    tips = args.tips or every_tip()
    for tip in tips:
        if tip not in every_tip():
            raise Trouble(f"there is no tip {tip!a}; `build/twinbench list --names` has them all")
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        students, teacher = Path(place) / "twinbench-students", Path(place) / "twinbench-teacher"
        stage_students(students, tips)
        if answers := answers_in(students, tips):
            raise Trouble("the students' archive would have the answer: " + "; ".join(f"{p} ({t}): {line}" for p, t, line in answers[:3]))
        compile_goods(students, tips)
        pack(students, args.out / f"twinbench-students-{platform.machine()}.tar.gz")
        stage_teacher(teacher, tips)
        pack(teacher, args.out / "twinbench-teacher.tar.gz")


def main():
    parser = argparse.ArgumentParser(description="The students' archive, and the teacher's.")
    parser.add_argument("tips", nargs="*", help="only these tips for the students")
    parser.add_argument("--out", type=Path, default=Path("results/bundle"))
    args = parser.parse_args()
    try:
        bundle(args)
    except (Trouble, subprocess.SubprocessError) as e:
        sys.exit(f"twinbench: bundle: {e}")
    except OSError as e:
        sys.exit(f"twinbench: bundle: {e.filename or args.out}: {e.strerror}")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
