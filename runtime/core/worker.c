/* SPDX-License-Identifier: MIT */
/* worker.c - the data of worker.h, which everything else refers to. */
#include "core/worker.h"

#define SAME_PLACE(whole, head, member)                                                            \
    _Static_assert(offsetof(struct whole, member) == offsetof(struct head, member),                \
                   "struct " #whole " must begin as defer_inline.h says")
SAME_PLACE(task, task_head, scope);
SAME_PLACE(task, task_head, cleanups);
SAME_PLACE(worker, worker_head, current);
SAME_PLACE(worker, worker_head, cleanups);

struct sched sched;
__thread struct worker *worker_here = NO_WORKER;

#ifndef __x86_64__

NOINLINE struct worker *worker_self(void)
{
    __asm__ volatile("");
    return worker_here;
}

struct worker_head *worker_head_self(void)
{
    return (struct worker_head *)worker_self();
}

#endif

/* To the compiler, __errno_location() always returns the same.  What this returns depends, for
 * all that it can know, on anything.  Who asks comes after those who had the thread before. */
NOINLINE int *task_errno(void)
{
    int *here = __errno_location();

    __asm__ volatile("" : "+r"(here)::"memory");
    tool_acquire(here);
    return here;
}
