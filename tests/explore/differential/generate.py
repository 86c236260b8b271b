#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""generate.py COUNT [SEED] - random small programs, a line each, that programs.c and programs.go run.

    number tasks guarded alone stays | caps | function | function ... | steps

Task t runs function t; other functions are called (f), deferred (F) or run by a once (o).  Before each
operation on what tasks share and each panic, a task waits at its gate; the driver lets the task that `steps` names
through, if it is at its gate, and goes on when all tasks wait.  So a program has one outcome, but for a
select that can choose.  Not made: what runtime/DIFFERENCES.md declares to be different, and two panics in
the cleanups of a task that exits, after which Go 1.19 goes on with the task.

guarded: a panic ends one operation of a task, else the task.  alone: it is not recovered, unlocking what
is unlocked is not left out either, and the program has a process of its own; stays: which then waits
until all tasks wait.  Operations are letters with two numbers; programs.go says what they do."""

import random
import sys

SLOTS = 3  # channels, locks, contexts: of each kind
NAMES = {"s": "chan{} <- v", "r": "<-chan{}", "S": "try chan{} <- v", "R": "try <-chan{}", "x": "close chan{}",
         "g": "range chan{}", "l": "len, cap chan{}", "m": "lock {}", "t": "try lock {}", "M": "unlock {}",
         "q": "rlock {}", "Q": "runlock {}", "k": "wlock {}", "K": "wunlock {}", "a": "group{} add {}",
         "A": "group{} wait", "o": "once{} function{}", "c": "cond{} wait", "C": "cond{} signal",
         "B": "cond{} broadcast", "n": "ctx{} = cancel of ctx{}", "N": "ctx{} = past deadline of ctx{}",
         "X": "cancel ctx{}", "e": "ctx{} err", "D": "<-ctx{} done", "f": "function{}", "F": "defer function{}",
         "p": "panic {}", "v": "recover", "z": "exit the task", "j": "note {}"}


class Program:
    def __init__(self, number, seed):
        self.number, self.r = number, random.Random(f"{seed}/{number}")
        r = self.r
        self.tasks = r.choice([2, 3, 3, 4])
        self.alone = r.random() < 0.15
        self.stays = self.alone and r.random() < 0.5
        self.guarded = not self.alone and r.random() < 0.7
        self.caps = [r.choice([-1, 0, 0, 0, 1, 1, 2, 3]) for _ in range(SLOTS)]
        # What this program is about: few things, so that tasks meet.
        self.about = r.choices(["chan", "chan", "select", "lock", "rw", "group", "once", "cond", "ctx"],
                               k=r.choice([1, 2, 2, 3]))
        self.slots = r.choice([1, 2, SLOTS])
        self.exits = r.random() < 0.3  # some tasks exit; then no cleanup begins a panic
        self.selects = 4  # at most: each multiplies the outcomes
        self.functions = [[] for _ in range(self.tasks)]
        for t in range(self.tasks):
            self.functions[t] = self.task_ops()
        self.steps = [r.randrange(self.tasks) for _ in range(r.randrange(8, 30))]

    # --- functions -----------------------------------------------------------------------------

    def function(self, make, *args):
        """A function of its own: its number.  What it calls has higher numbers or was made before."""
        self.functions.append([])
        n = len(self.functions) - 1
        self.functions[n] = make(*args)
        return n

    def room(self):
        return len(self.functions) < 16

    def task_ops(self):
        return [self.call() if self.r.random() < 0.15 and self.room() else self.shared()
                for _ in range(self.r.randrange(2, 9))]

    def call(self):
        return f"f{self.function(self.plain)},0"

    def plain(self, depth=0):
        """Defers, perhaps panics; what it defers may recover."""
        r, ops = self.r, []
        for _ in range(r.randrange(1, 5)):
            kind = r.choice(["F", "F", "j", "shared", "f", "p"])
            if kind == "F" and self.room():
                ops.append(f"F{self.function(self.cleanup, True, depth)},0")
            elif kind == "f" and self.room() and depth < 3:
                ops.append(f"f{self.function(self.plain, depth + 1)},0")
            elif kind == "p" and r.random() < 0.5:
                ops.append(r.choice([f"p{r.randrange(9)},0"] * 3 + ["z0,0"] * self.exits))
                break
            elif kind == "shared":
                ops.append(self.shared())
            else:
                ops.append(f"j{r.randrange(100)},0")
        return ops

    def cleanup(self, may_recover, depth):
        """What it calls and defers recovers only panics of its own."""
        r, ops = self.r, []
        for _ in range(r.randrange(1, 4)):
            kind = r.choice(["v", "j", "shared", "F", "f", "p"])
            if kind == "v" and may_recover:
                ops.append("v0,0")
            elif kind == "F" and self.room() and depth < 3:
                ops.append(f"F{self.function(self.cleanup, False, depth + 1)},0")
            elif kind == "f" and self.room():
                ops.append(f"f{self.function(self.throws)},0")
            elif kind == "p" and r.random() < 0.5:
                ops.append("z0,0" if self.exits else f"p{r.randrange(9)},0")
                break
            elif kind == "shared" and not self.exits:
                ops.append(self.shared(in_cleanup=True))
            else:
                ops.append(f"j{r.randrange(100)},0")
        return ops

    def throws(self):
        """It panics, and recovers that."""
        r = self.r
        recovers = self.function(lambda: [f"j{r.randrange(100)},0", "v0,0"])
        return [f"F{recovers},0", f"j{r.randrange(100)},0", f"p{r.randrange(9)},0"]

    # --- operations that tasks share -------------------------------------------------------------

    def shared(self, in_cleanup=False):
        r, i = self.r, self.r.randrange(self.slots)
        about = r.choice(self.about)
        if about == "select" and not self.selects:
            about = "chan"
        if about == "chan":
            return f"{r.choice('sssrrrSRxgl')}{i},0"
        if about == "select":
            return self.select()
        if about == "lock":
            return f"{r.choice('mmMMt')}{i},0"
        if about == "rw":
            return f"{r.choice('qqQQkkKK')}{i},0"
        if about == "group":
            return r.choice([f"a{i},1", f"a{i},1", f"a{i},2", f"a{i},-1", f"a{i},-1", f"A{i},0", f"A{i},0"])
        if about == "once" and self.room() and not in_cleanup:
            return f"o{i},{self.function(self.plain, 2)}"
        if about == "cond":
            return f"{r.choice('cccCCB')}{i},0"
        return f"{r.choice('nnNXXeDD')}{i},{r.randrange(SLOTS)}"

    def select(self):
        r, mask = self.r, 0
        self.selects -= 1
        for i in r.sample(range(2 * SLOTS), r.choice([1, 2, 2, 3])):
            mask |= 1 << i
        mask |= (r.random() < 0.2) << 6 | (r.random() < 0.2) << 7
        return f"{r.choice('wwW')}{mask},{r.randrange(SLOTS) + 4 * r.randrange(SLOTS)}"

    # --- text ------------------------------------------------------------------------------------

    def line(self):
        head = f"{self.number} {self.tasks} {self.guarded:d} {self.alone:d} {self.stays:d}"
        return "|".join([head, " ".join(map(str, self.caps)), *map(" ".join, self.functions),
                         " ".join(map(str, self.steps))])


def in_words(op):
    kind, (a, b) = op[0], map(int, op[1:].split(","))
    if kind not in "wW":
        return NAMES[kind].format(a, b)
    cases = [f"chan{i} <- v" for i in range(3) if a >> i & 1] + [f"<-chan{i}" for i in range(3) if a >> (3 + i) & 1]
    cases += [f"<-chan{b % 4}"] * (a >> 6 & 1) + [f"<-ctx{b // 4} done"] * (a >> 7 & 1) + ["default"] * (kind == "W")
    return "select { " + " | ".join(cases) + " }"


def explain(line):
    """The program, for people."""
    head, caps, *functions, steps = line.split("|")
    number, tasks, guarded, alone, stays = map(int, head.split())
    told = [f"program {number}: caps {caps} (-1: nil)" + " guarded" * guarded + " alone" * alone + " stays" * stays]
    for n, ops in enumerate(functions):
        told.append(f"  {'task' if n < tasks else 'function'} {n}: " + "; ".join(map(in_words, ops.split())))
    return "\n".join(told + [f"  steps: {steps}"])


def programs(count, seed):
    return [Program(n, seed).line() for n in range(count)]


if __name__ == "__main__":
    print(*programs(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "1"), sep="\n")
