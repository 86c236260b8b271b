/* SPDX-License-Identifier: MIT */
/* dump_impl.h - what the forms of a dump share: walking the tasks, and putting those with
 * the same story together. */
#ifndef DUMP_IMPL_H
#define DUMP_IMPL_H

#include "core/task_impl.h"

#include <stdbool.h>

/* Tasks in the same state, waiting at the same place and started at the same place. */
struct story {
    enum task_state state;
    enum wait_reason reason;  /* WAIT_NOTHING unless it waits */
    bool leaked;              /* nobody can wake it (leak.h) */
    const struct site *where; /* where it waits, else NULL */
    const struct site *born;
    uint64_t n;              /* so many tasks ... */
    uint64_t cleanups;       /* ... with so many cleanups in all */
    const struct task *like; /* the oldest of them ... */
    uint64_t first_id;       /* ... and its number: it may have ended meanwhile */
    int64_t since_ns;        /* the one that has waited longest; INT64_MAX: none does */
};

/* What its tasks do, in words: "running", "chan receive". */
const char *story_state(const struct story *s);

/* So many different stories are kept apart. */
#define MAX_STORIES 256

struct stories {
    size_t n;
    uint64_t tasks;
    struct story of[MAX_STORIES]; /* those of most tasks first, of equals the oldest */
};

/* Look at all tasks.  For each task whose story finds no room any more, beyond(arg, story) is
 * called, with a story of this task alone. */
void stories_gather(struct stories *all, void (*beyond)(void *arg, const struct story *s),
                    void *arg);

/* Those of the tasks that are wanted to stderr, one by one. */
typedef bool task_wanted(const struct task *t, const void *arg);
void dump_some(task_wanted *wanted, const void *arg);

/* All but one: fatal_dump (fatal.h). */
void dump_but(const struct task *but);

/* Memory for a dump, zeroed, straight from the kernel: a signal may have interrupted malloc,
 * which then holds its lock.  Pages that are not touched cost nothing.  NULL when there is none. */
void *dump_map(size_t bytes);
void dump_unmap(void *p, size_t bytes);

#endif
