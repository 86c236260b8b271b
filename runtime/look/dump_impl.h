/* SPDX-License-Identifier: MIT */
/* dump_impl.h - what the forms of a dump share: walking the tasks, and putting those with
 * the same story together. */
#ifndef DUMP_IMPL_H
#define DUMP_IMPL_H

#include "core/sched.h"

/* All descriptors in use.  They are never freed, so this can be walked without a lock. */
#define EACH_TASK(t)                                                                               \
    for (struct task_slab *slab_ = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); slab_;          \
         slab_ = slab_->next)                                                                      \
        for (struct task *t = slab_->tasks; t < slab_->tasks + SLAB_TASKS; t++)                    \
            if (t->state != TASK_FREE)

/* Tasks in the same state, waiting at the same place and started at the same place. */
struct story {
    enum task_state state;
    enum wait_reason reason;  /* WAIT_NOTHING unless it waits */
    const struct site *where; /* where it waits, else NULL */
    const struct site *born;
    uint64_t n;              /* so many tasks ... */
    uint64_t cleanups;       /* ... with so many cleanups in all */
    const struct task *like; /* the oldest of them ... */
    uint64_t first_id;       /* ... and its number: it may have ended meanwhile */
    int64_t since_ns;        /* the one that has waited longest; INT64_MAX: none does */
};

/* What it does, in words: "running", "chan receive". */
const char *story_state(const struct story *s);

/* So many different ones are kept apart. */
#define MAX_STORIES 256

struct stories {
    size_t n;
    uint64_t tasks;
    struct story of[MAX_STORIES]; /* those of most tasks first, of equals the oldest */
};

/* Look at all tasks.  The story of each task that finds no room any more goes to
 * beyond(arg, its story), as one of a single task. */
void stories_gather(struct stories *all, void (*beyond)(void *arg, const struct story *s),
                    void *arg);

/* Memory for a dump, zeroed, straight from the kernel: malloc's lock may be held by whom
 * a signal interrupted.  NULL when there is none. */
void *dump_map(size_t bytes);
void dump_unmap(void *p, size_t bytes);

#endif
