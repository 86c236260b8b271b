# SPDX-License-Identifier: MIT
"""predictions.py - what was predicted, set beside what a run found; for the notebooks and for the terminal.

A prediction of a column is what bad does and what good does, or of time one word, bad against good; in the place of
each may stand "?", no opinion.  No verdict is made here: the run's own is read."""

import sentences

SHAPES = ("grows", "flat", "falls")
OUTCOMES = ("ok", "stuck", "panics", "wrong", "dies")
TIMES = ("slower", "same", "faster")
WORDS = {*SHAPES, *OUTCOMES, *TIMES}

# What a wrong prediction teaches, by what was found of bad and of good.
TEACHES = {
    ("grows", "flat"): "it grows in bad and not in good, so here is where the mistake shows.",
    ("grows", "grows"): "both grow alike: this is the work itself, and says nothing about the mistake.",
    ("flat", "flat"): "neither grows: whoever watches this alone sees no difference between the two.",
    ("flat", "grows"): "good has more of it: the price of doing it right.",
    ("falls", "flat"): "bad loses more and more of it as the dial rises.",
    ("slower",): "the mistake costs time, by more than this machine's margin.",
    ("same",): "the difference is not one of time: whatever it is good for, it is not speed.",
    ("faster",): "the mistake is quicker than doing it right; what it saves is paid for elsewhere.",
    ("stuck", "ok"): "somebody waits for what nobody will do. That is certain, and no matter of luck.",
    ("panics", "ok"): "it is certain, with any number of workers, and no matter of luck.",
    ("wrong", "ok"): "nothing crashes, and the answer is wrong: only who compares answers sees it.",
    ("dies", "ok"): "a limit ends it: what is left behind is paid for in the end.",
}


def answers_for(column):
    """What may be predicted of a column."""
    return {"outcome": OUTCOMES, "time": TIMES}.get(column, SHAPES)


def marked(said, v, claim, margin):
    """The prediction in words, each part marked right or wrong where the run decided it."""
    parts = (said,) if isinstance(said, str) else said
    if set(parts) <= {"?", ""}:
        return "no prediction"
    told = [f"{mine}{' ✓' if mine == right else ' ✗'}" if mine != "?" and right in WORDS else mine
            for mine, right in zip(parts, sentences.answers(v, claim, margin))]
    return told[0] if isinstance(said, str) else f"bad {told[0]}, good {told[1]}"


def taught(tip, v, said, margin):
    """A sentence for a prediction with a part marked wrong, else "": what was counted, and what the difference means."""
    if "✗" not in said:
        return ""
    counted, lesson = tip.column(v["column"])["text"], TEACHES.get(sentences.answers(v, tip.claim(v), margin), "")
    return f"{sentences.plain(v['column'])}{f' ({counted})' if counted else ''}: {lesson or sentences.found(v)}"
