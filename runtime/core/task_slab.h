/* SPDX-License-Identifier: MIT */
/* task_slab.h - the memory of task descriptors.
 *
 * Descriptors come from slabs and are used again, never freed.  So a dump can walk all that
 * ever were, at any time and without a lock. */
#ifndef TASK_SLAB_H
#define TASK_SLAB_H

#include "core/task_impl.h"
#include "memory/magazine.h"

struct worker;

#define SLAB_TASKS 256
struct task_slab {
    struct task_slab *next;
    struct task tasks[SLAB_TASKS];
};
extern struct task_slab *task_slabs;

/* All descriptors in use. */
#define EACH_TASK(t)                                                                               \
    for (struct task_slab *slab_ = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); slab_;          \
         slab_ = slab_->next)                                                                      \
        for (struct task *t = slab_->tasks; t < slab_->tasks + SLAB_TASKS; t++)                    \
            if (t->state != TASK_FREE)

/* What all workers together have too much of. */
extern struct depot task_spares;

/* A descriptor out of a new slab; w keeps the others.  Ends the process when memory runs
 * out. */
struct task *task_slab_cut(struct worker *w);

#endif
