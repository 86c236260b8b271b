# SPDX-License-Identifier: MIT
"""classroom.py - a folder with a folder a student, graded file by file, into a gradebook.

    class/<student>/<family>-<tip>.c      what was handed in; a student may own his folder, but not the class's
    class/graded/results.jsonl            a line a grading, appended when it is done; this is what is known
    class/graded/<student>/<tip>.json     Gradescope's results.json
    class/gradebook.csv                   a row a student, made of the lines

One student costs one row: whatever goes wrong with a file is that file's, and what cannot be told now is said so in
its cell.  The same command goes on where it was; it grades again what was handed in anew, and what could not be
told.  Any bytes are a name; a link is not followed, be it a file or a folder."""

import argparse
import csv
import errno
import hashlib
import io
import json
import os
import re
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import build
import gradings
import kept
import source
from gradings import Broken, NotNow, printable

GRADED = "graded"
LEDGER = re.compile(r"results(-\d+-of-\d+)?\.jsonl")
NOT_NOW = "not judged now"


@dataclass
class Job:
    student: str      # as the system spells it (os.fsdecode)
    tip: str
    name: str         # of the file
    digest: str = ""  # of what is in it
    data: bytes = b""
    remark: str = ""
    unfit: str = ""
    later: str = ""   # why it cannot be read now


def shard(words):
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", words)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"{printable(words)!r} is no part of a whole, as 3/10 is")
    return int(found[1]), int(found[2])


# --- what was handed in ---------------------------------------------------------------------------

def open_folder(name, within=None):
    """A descriptor; OSError if it is a link or no folder."""
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=within)


def open_class(name):
    try:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as e:
        raise Broken(f"there is no folder {printable(name)}: {e.strerror}") from None
    mode = os.fstat(folder).st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Broken(f"{printable(name)} can be written to by others, and the gradebook would stand in it: chmod go-w")
    return folder


def complain(words):
    print(f"twinbench: {words}", file=sys.stderr, flush=True)


def students(folder, part):
    """[name] of this part of the class, in order."""
    found = sorted(os.listdir(folder), key=os.fsencode)
    names = []
    for name in found:
        if name == GRADED or name.startswith("."):
            if has_a_file_of_a_tip(folder, name):
                complain(f"{printable(name)} is no student's folder, and has a file of a tip: give it another name")
            continue
        try:
            kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        except OSError as e:
            complain(f"{printable(name)} cannot be read: {e.strerror}")
            continue
        if stat.S_ISLNK(kind):
            complain(f"{printable(name)} is a link, and links are not followed")
        elif stat.S_ISDIR(kind):
            names.append(name)
    return names[part[0] - 1::part[1]]


def tips_by_name():
    return {t.replace("/", "-"): t for t in build.every_tip()}


def has_a_file_of_a_tip(folder, name):
    try:
        own = open_folder(name, folder)
    except OSError:
        return False
    try:
        return any(found.endswith(".c") and found[:-2] in tips_by_name() for found in os.listdir(own))
    finally:
        os.close(own)


def handed_in(folder, student):
    """[Job] of one student, None if his folder cannot be read; a file that is named after no tip is said."""
    by_name = tips_by_name()
    if LEDGER.fullmatch(student):
        complain(f"{printable(student)} cannot be graded: {GRADED} has a file of that name; give the folder another one")
        return None
    try:
        own = open_folder(student, folder)
        try:
            names = [name for name in sorted(os.listdir(own), key=os.fsencode) if name.endswith(".c")]
            for name in names:
                if name[:-2] not in by_name:
                    complain(f"{printable(student)}/{printable(name)} is named after no tip (as leaks-range-unclosed.c is)")
            return [read_job(Job(student, by_name[name[:-2]], name), own) for name in names if name[:-2] in by_name]
        finally:
            os.close(own)
    except OSError as e:
        complain(f"{printable(student)} cannot be read: {e.strerror}")
        return None


def json_name(job):
    return job.name[:-2] + ".json"


def read_job(job, own):
    try:
        job.data, job.remark = source.read(job.name, own)
    except source.Unfit as e:
        job.unfit = str(e)
    except OSError as e:
        job.later = f"it cannot be read: {e.strerror}"
    job.digest = hashlib.sha256(job.data + job.unfit.encode()).hexdigest()
    return job


# --- what is known ----------------------------------------------------------------------------------

class Ledger:
    """graded/results*.jsonl: the newest line about a file counts.  A line is one write; a torn one is no line."""

    def __init__(self, folder, part):
        try:
            os.mkdir(GRADED, 0o755, dir_fd=folder)
        except FileExistsError:
            pass
        try:
            self.folder = open_folder(GRADED, folder)
        except OSError as e:
            raise Broken(f"{GRADED} in the class is no folder of ours: {e.strerror}") from None
        if os.fstat(self.folder).st_uid != os.geteuid():
            raise Broken(f"{GRADED} in the class belongs to somebody else")
        self.known = {}
        for name in sorted(os.listdir(self.folder)):
            if LEDGER.fullmatch(name):
                self.read(name)
        name = "results.jsonl" if part[1] == 1 else f"results-{part[0]}-of-{part[1]}.jsonl"
        self.fd = os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644,
                          dir_fd=self.folder)
        self.torn = True  # the last line may be, which an end before the next one makes a line of its own

    def read(self, name):
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self.folder)
        with open(fd, "rb") as f:
            for line in f:
                try:
                    found = json.loads(line)
                    key = found["student"], found["tip"]
                    if key not in self.known or found["order"] >= self.known[key]["order"]:
                        self.known[key] = {k: found[k] for k in ("student", "tip", "digest", "total", "says", "order")}
                except (ValueError, KeyError, TypeError):
                    continue

    def is_done(self, job):
        """With its results.json, which is written first."""
        found = self.known.get((job.student, job.tip))
        return bool(found) and found["digest"] == job.digest and found["total"] is not None \
            and found["total"] == self.saved(job)

    def saved(self, job):
        """The score that its results.json tells; None: there is none, or it is damaged."""
        try:
            own = open_folder(job.student, self.folder)
            try:
                with open(os.open(json_name(job), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=own), "rb") as f:
                    return json.load(f)["score"]
            finally:
                os.close(own)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def add(self, job, total, says):
        """total None: it could not be told."""
        before = self.known.get((job.student, job.tip), {"order": 0})
        found = {"student": job.student, "tip": job.tip, "digest": job.digest, "total": total, "says": says,
                 "order": before["order"] + 1}
        line = b"\n" * self.torn + json.dumps(found).encode() + b"\n"
        self.torn = True
        if os.write(self.fd, line) != len(line):
            raise OSError(errno.ENOSPC, "the ledger could not be written to the end")
        self.torn = False
        os.fsync(self.fd)
        self.known[job.student, job.tip] = found


# --- the gradebook -------------------------------------------------------------------------------------

def cell(words):
    """No spreadsheet takes it for a formula, and no two names are spelled alike."""
    words = printable(words.replace("\\", "\\\\"))
    return "'" + words if words[:1] in ("=", "+", "-", "@", "|", "%", "'") else words


def rows(ledger, found, tips):
    """A row a student of whom all is known."""
    for student, jobs in found.items():
        if jobs is None:
            yield {"student": cell(student), "mean": NOT_NOW}
            continue
        known = {j.tip: ledger.known.get((j.student, j.tip)) for j in jobs}
        if any(k is None for k in known.values()):
            continue
        points = {t: k["total"] for t, k in known.items()}
        row = {t: NOT_NOW if p is None else p for t, p in points.items()}
        told = not any(p is None for p in points.values())
        row["mean"] = round(sum(points.values()) / len(tips), 1) if told else NOT_NOW
        yield {"student": cell(student), **row}


def write_gradebook(folder, ledger, found, tips, part):
    """Whole, beside the old one, and renamed: there is never half of it."""
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, ["student", *tips, "mean"], restval="")
    sheet.writeheader()
    sheet.writerows(rows(ledger, found, tips))
    name = "gradebook.csv" if part[1] == 1 else f"gradebook-{part[0]}-of-{part[1]}.csv"
    try:
        kept.write(name, text.getvalue().encode(errors="backslashreplace"), folder)
    except IsADirectoryError:
        raise Broken(f"{name} in the class is a folder, and the gradebook would stand there: give the folder another name") from None
    return name


# --- all of it ------------------------------------------------------------------------------------------

def grade_job(job):
    """(total or None, what to look at first, marks or None).  Nothing that goes wrong here is another's."""
    try:
        if job.later:
            raise NotNow(job.later)
        marks = gradings.refused(job.unfit) if job.unfit else gradings.grade_text(job.tip, job.data, job.remark)
        return gradings.total(marks), gradings.first_look(marks), marks
    except NotNow as e:
        return None, f"{NOT_NOW}: {e}", None
    except Exception as e:
        return None, f"{NOT_NOW}: {printable(f'{type(e).__name__}: {e}')[:300]}", None


def save_json(ledger, job, marks):
    """graded/<student>/<tip>.json"""
    try:
        os.mkdir(job.student, 0o755, dir_fd=ledger.folder)
    except FileExistsError:
        pass
    own = open_folder(job.student, ledger.folder)
    try:
        gradings.write_json(json_name(job), marks, own)
    finally:
        os.close(own)


def tell(job, says, marks):
    text = io.StringIO()
    name = f"{printable(job.student)}/{printable(job.name)}"
    if marks:
        gradings.print_marks(job.tip, name, marks, text)
    else:
        print(f"{job.tip}  {name}\n  {says}", file=text)
    print(text.getvalue(), end="", flush=True)


def grade_all(name, at_a_time, part):
    folder = open_class(name)
    gradings.fence.check()
    ledger = Ledger(folder, part)
    found = {s: handed_in(folder, s) for s in students(folder, part)}
    given = [j for jobs in found.values() for j in jobs or ()]
    tips = sorted({j.tip for j in given})
    if not tips:
        raise Broken(f"{printable(name)} has no <student>/<family>-<tip>.c")
    todo = [j for j in given if not ledger.is_done(j)]
    book = write_gradebook(folder, ledger, found, tips, part)
    one_writes = threading.Lock()

    def do(job):
        """Graded and written down, before the next one begins."""
        total, says, marks = grade_job(job)
        with one_writes:
            if marks:
                save_json(ledger, job, marks)
            ledger.add(job, total, says)
            tell(job, says, marks)
            if all((job.student, j.tip) in ledger.known for j in found[job.student]):
                write_gradebook(folder, ledger, found, tips, part)

    with ThreadPoolExecutor(at_a_time) as several:
        try:
            for done in as_completed([several.submit(do, j) for j in todo]):
                done.result()
        except BaseException:
            several.shutdown(wait=False, cancel_futures=True)
            raise
    untold = sum(k["total"] is None for k in ledger.known.values() if k["student"] in found) \
        + sum(jobs is None for jobs in found.values())
    print(f"gradebook: {printable(name)}/{book}" + (f"; {untold} not judged now, the same command tries again" if untold else ""))
    return 0
