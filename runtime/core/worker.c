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
__thread struct worker *worker_here;

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
