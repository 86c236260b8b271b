# SPDX-License-Identifier: MIT
"""symptoms.py - the tree of symptoms, as far as it leads to the tips of a run.

The program has it from patterns/SYMPTOMS.md and the tips' pages, and asks the same questions on a
terminal: `twinbench symptom`."""


def tree(run):
    """The root of nested branches, each with what leads to it, its question, the branches below it and
    [(tip, what is special about it)]; None if the run's words have no tree."""
    def below(name):
        return [b for s in run.symptoms if s["name"] and s["name"].rpartition("/")[0] == name for b in [branch(s)] if b["below"] or b["tips"]]

    def branch(s):
        tips = [(t, p["text"]) for t in run.tips for p in t.words.get("symptoms", ()) if p["at"] == s["name"]]
        return {"text": s["text"], "question": s["question"], "below": below(s["name"]), "tips": tips}

    root = next((branch(s) for s in run.symptoms if not s["name"]), None)
    return root if root and root["below"] else None
