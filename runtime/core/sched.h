/* SPDX-License-Identifier: MIT */
/* sched.h - what sched.c, who runs next, and task.c, a task's life, know of each other. */
#ifndef SCHED_H
#define SCHED_H

#include "core/worker.h"

/* sched.c */
void worker_loop(struct worker *w);                 /* until task 1 has returned */
bool worker_wake(struct worker *w);                 /* true: it slept */
void worker_wake_one(void);                         /* a sleeping worker, if there is one */
void ready_fresh(struct worker *w, struct task *t); /* t, which has never run, can run */
_Noreturn void leave_for_good(struct worker *w);    /* the running task has ended */

/* task.c */
void task_begin(void);                            /* the first function on every stack */
struct task *task_from_outside(struct worker *w); /* injected or back from a call; or NULL */

/* As task_go(), of what may be begun by the clock, and then has no parent. */
void task_go_later(task_fn *fn, void *arg, const struct site *where);

#endif
