#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""scene_words.t - which words of a scene say what was done, and which are a lock's.

Each function is one test; its name is the sentence that is true when it passes."""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / p) for p in ("notebooks/grader", "bench/python", "tests/lib")]
import tap

try:
    import work
except ModuleNotFoundError as e:
    print(f"1..0 # SKIP no Python module {e.name}")
    sys.exit(0)

SCENE = """
#include "sync.h"
#include <stddef.h>
struct shard { struct mutex mutex; uint64_t count; };
typedef struct shard shard;
struct scene {
    uint64_t first;
    const struct mutex mutex;
    struct mutex *elsewhere;
    shard shards[3];
    struct waitgroup done;
    uint64_t numbers[4];
    struct { uint64_t served; struct rwmutex lock; } inner;
    struct cond changed;
    uint64_t last;
} scene;
"""


def made(source):
    folder = Path(tempfile.mkdtemp(dir=HERE))
    (folder / "scene.c").write_text(source)
    subprocess.run(["gcc", "-std=gnu17", "-g", "-c", "-iquote", ROOT / "runtime", folder / "scene.c", "-o", folder / "scene.o"], check=True)
    return folder / "scene.o"


def places(*members):
    """The index of the word at which each of them begins."""
    folder = Path(tempfile.mkdtemp(dir=HERE))
    lines = "".join(f'printf("%zu\\n", offsetof(struct scene, {m}) / 8);' for m in members)
    (folder / "where.c").write_text(f"#include <stdio.h>\n{SCENE}\nint main(void) {{ {lines} }}\n")
    subprocess.run(["gcc", "-std=gnu17", "-iquote", ROOT / "runtime", folder / "where.c", "-o", folder / "where"], check=True)
    return [int(n) for n in subprocess.check_output([folder / "where"]).split()]


def the_words_of_locks_are_known_wherever_they_lie():
    found = work.locks(made(SCENE))
    locks = places("mutex", "shards[0].mutex", "shards[2].mutex", "done.guard", "done.queue", "inner.lock", "changed")
    others = places("first", "elsewhere", "shards[0].count", "shards[2].count", "done.state", "numbers[0]", "numbers[3]", "inner.served", "last")
    assert found >= set(locks), sorted(set(locks) - found)
    assert not found & set(others), sorted(found & set(others))


def a_scene_without_locks_has_none():
    assert work.locks(made("struct scene { unsigned long a, b[100]; struct scene *next; } scene;")) == set()
    assert work.locks(made("int no_scene;")) == set()


def twins_that_leave_a_lock_apart_agree_on_the_rest():
    def done(**words):
        return work.Done({}, {int(k[1:]): v for k, v in words.items()}, {}, dict.fromkeys(work.ASKED, 0), {}, set(), set())
    good, bad = done(w0=5, w1=1 << 48, w2=7), done(w0=5, w1=1 << 48, w2=8)
    assert work.shared([good, bad], {1})[1] == {0: 5} and work.shared([good, bad], set())[1] == {0: 5, 1: 1 << 48}


with tempfile.TemporaryDirectory() as HERE:
    sys.exit(tap.run(tap.tests_of(globals())))
