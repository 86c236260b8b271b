/* SPDX-License-Identifier: MIT */
/* timer_heap.h - deadlines, a heap of them for each worker.
 *
 * A timer lies in the heap of the worker on which it was armed, under that heap's
 * lock.  Every worker fires its own when it comes by its scheduler, and those of
 * all when it has nothing to do; a worker lost in a computation therefore delays
 * nobody's timers but, by a moment, its own. */
#ifndef TIMER_HEAP_H
#define TIMER_HEAP_H

#include "core/lock.h"
#include "task.h"

struct timer;
struct worker;

/* What a timer does when its time has come.  Neither may wait. */
struct timer_ops {
    void (*fire)(struct timer *t, int64_t now); /* under the lock of the heap */
    void (*release)(struct timer *t);           /* the clock gives up its reference */
};

/* Two that the heap does by itself, and that own nothing: win the claim of `task` and wake
 * it; and call fn(arg) from the scheduler, without a lock. */
extern const struct timer_ops timer_wake, timer_call;

struct timer {
    /* Under the lock of its heap. */
    int64_t when_ns;
    int64_t period_ns; /* a ticker's; else 0 */
    uint32_t place;    /* in the heap */

    int32_t refs;            /* the maker and the clock; wait/timer.c */
    struct timer_heap *heap; /* where it is pending, NULL if it is not */
    const struct timer_ops *ops;
    union {
        struct task *task; /* timer_wake */
        task_fn *fn;       /* timer_call, and a timer that starts a task */
        struct chan *chan; /* a timer that sends the time */
    };
    void *arg;
    const struct site *where;
};

struct timer_heap {
    struct lock lock;
    uint32_t count, room;
    struct timer **timers; /* four children a node, earliest first */
    int64_t first_ns;      /* the earliest, INT64_MAX if none; read without the lock */
};

void timer_arm(struct timer *t, int64_t when_ns); /* t is not pending */
bool timer_disarm(struct timer *t);               /* true: it was pending */

int64_t timers_first(void);                            /* earliest deadline of all workers */
void timers_run(struct timer_heap *heap, int64_t now); /* fire what is due */

#endif
