# SPDX-License-Identifier: MIT
"""ballots.py - what a class predicts of a tip: the questions, and one file that keeps the answers.

The file has a line for each answer, appended in one write and on the disk before the student is
thanked: whatever is killed, nothing that was acknowledged is lost, and of a torn line nothing is
read.  A student's newest line counts, so he is one row however often he answers."""

import json
import os
import threading
import unicodedata

import sentences
from predictions import answers_for

SAYING = ("true", "myth", "depends")
MOST_COLUMNS = 3
LONGEST_NAME = 60
MOST_STUDENTS, MOST_LINES = 1000, 20000  # of one tip


class Refused(Exception):
    """Why an answer is not taken; one line, without a word of the student's."""


def columns(tip):
    """The first that are claimed: a class has a minute."""
    return list(dict.fromkeys(c["column"] for c in tip["claims"]))[:MOST_COLUMNS]


def questions(tip):
    """[(key, text, answers)]: the saying, then for each column that is claimed what each twin does."""
    asked = [("saying", "what people say is", SAYING)]
    for column in columns(tip):
        if column == "time":
            asked.append(("time", "time of bad, against good", answers_for("time")))
        else:
            what = "it ends" if column == "outcome" else sentences.plain(column)
            asked += [(f"{column}.{twin}", f"{what}, {twin}", answers_for(column)) for twin in ("bad", "good")]
    return asked


def found(tip, margin):
    """{key: the answer}, of what the run decided; tip: a Tip of it."""
    there = {"saying": sentences.label(tip)}
    for v in tip.verdicts:
        if v["lang"] == "c":
            said = sentences.answers(v, tip.claim(v), margin)
            there |= {"time": said[0]} if v["column"] == "time" else {f"{v['column']}.{t}": a for t, a in zip(("bad", "good"), said)}
    allowed = {key: answers for key, _, answers in questions(tip.words)}
    return {key: answer for key, answer in there.items() if answer in allowed.get(key, ())}


def name_of(text):
    """A student's name: any letters, on one line; else Refused."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    name = "".join(c if c.isprintable() else "?" for c in name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"a name has 1 to {LONGEST_NAME} letters")
    return name


def checked(tip, given):
    """{key: answer} of what was given for this tip; an empty answer is none."""
    allowed = {key: answers for key, _, answers in questions(tip)}
    said = {key: answer for key, answer in given.items() if answer}
    if any(key not in allowed or answer not in allowed[key] for key, answer in said.items()):
        raise Refused("that is no answer to a question of this tip")
    if not said:
        raise Refused("no question is answered")
    return said


class Box:
    """The answers to one tip."""

    def __init__(self, path, tip):
        self.path, self.tip, self.lock, self.lines, self.of = path, tip, threading.Lock(), 0, {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with open(path, "rb") as f:
            for line in f:
                self.lines += 1
                self.read(line)

    def read(self, line):
        try:
            one = json.loads(line)
            self.of[name_of(one["student"])] = checked(self.tip, one["said"])
        except (ValueError, KeyError, TypeError, AttributeError, Refused):
            pass  # torn, or of a tip that has changed

    def put(self, student, given):
        """Kept, or Refused.  Does it take the place of an earlier one?"""
        name, said = name_of(student), checked(self.tip, given)
        line = b"\n" + json.dumps({"student": name, "said": said}).encode() + b"\n"  # ends a torn line, too
        with self.lock:
            if self.lines >= MOST_LINES or name not in self.of and len(self.of) >= MOST_STUDENTS:
                raise Refused("the box is full")
            if os.write(self.fd, line) != len(line):
                raise OSError("the disk is full")
            os.fsync(self.fd)
            self.lines += 1
            again, self.of[name] = name in self.of, said
        return again

    def counts(self):
        """{key: {answer: how many}}"""
        with self.lock:
            every = list(self.of.values())
        told = {}
        for said in every:
            for key, answer in said.items():
                told.setdefault(key, {}).setdefault(answer, 0)
                told[key][answer] += 1
        return told
