/* SPDX-License-Identifier: MIT */
/* dump_impl.h - what the forms of a dump share: walking the tasks, and putting those with
 * the same story together. */
#ifndef DUMP_IMPL_H
#define DUMP_IMPL_H

#include "core/task_impl.h"
#include "look/frames.h"
#include "look/out.h"
#include "look/symbols.h"

#include <stdbool.h>

/* What it takes to look at stacks and names.  walk and symbols are NULL when there is no memory:
 * then the place where a task waits is all that is shown of its stack. */
struct looks {
    struct frames_walk *walk;
    struct symbols *symbols;
    const struct task *holder; /* found last */
    int searches;              /* for holders, that are still allowed */
};
void looks_begin(struct looks *l);
void looks_end(struct looks *l);

/* Tasks in the same state, with the same labels and the same functions on their stacks, started at
 * the same place. */
struct story {
    enum task_state state;
    enum wait_reason reason;     /* WAIT_NOTHING unless it waits */
    bool leaked;                 /* nobody can wake it (leak.h) */
    const struct site *where;    /* where it waits, else NULL */
    const struct frames *frames; /* how it came there; NULL: not known */
    const struct site *born;
    uint64_t parent; /* the number of the task that started it; 0: none did */
    const struct task_label *labels;
    uint64_t n;              /* so many tasks ... */
    uint64_t cleanups;       /* ... with so many cleanups in all */
    const struct task *like; /* the oldest of them ... */
    uint64_t first_id;       /* ... and its number: it may have ended meanwhile */
    int64_t since_ns;        /* the one that has waited longest; INT64_MAX: none does */
};

/* What its tasks do, in words: "running", "chan receive". */
const char *story_state(const struct story *s);

/* What stands on its stack, from where it waits outwards, to each(); pc is 0 for the place where it
 * waits.  A function that the compiler wrote into another has a place of its own. */
typedef void place_fn(void *arg, const struct place *p, uintptr_t pc);
void story_places(const struct story *s, const struct looks *l, place_fn *each, void *arg);

/* So many different stories are kept apart. */
#define MAX_STORIES 256

struct stories {
    size_t n;
    uint64_t tasks;
    struct story of[MAX_STORIES]; /* those of most tasks first, of equals the oldest */
    struct frames frames[MAX_STORIES + 1];
};

/* Look at all tasks.  For each task whose story finds no room any more, beyond(arg, story) is
 * called, with a story of this task alone. */
void stories_gather(struct stories *all, const struct looks *l,
                    void (*beyond)(void *arg, const struct story *s), void *arg);

/* Those of the tasks that are wanted to stderr, one by one. */
typedef bool task_wanted(const struct task *t, const void *arg);
void dump_some(task_wanted *wanted, const void *arg);

/* All but one: fatal_dump (fatal.h). */
void dump_but(const struct task *but);

/* These functions, to stderr. */
void dump_frames(const struct frames *f);

/* The functions that the caller is in, to stderr: fatal_frames (fatal.h). */
void dump_here(const struct site *where);

#endif
