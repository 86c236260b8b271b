/* SPDX-License-Identifier: MIT */
/* wait.h - the one way to wait, and the one way to wake.
 *
 * To wait: put a waiter where the waker will find it, under a lock, and call park() with
 * that lock.  To wake: take the waiter off under the same lock, give the lock back, and call
 * ready() with its task: once awake it may free what the lock lies in.  Everything that waits -
 * send, receive, select, sleep, mutex, context - is a thin caller of these two. */
#ifndef WAIT_H
#define WAIT_H

#include "core/compiler.h"
#include "core/lock.h"
#include "core/task_impl.h"
#include "core/worker.h"

/* A task on a queue of tasks that wait for the same thing.  Lies in the waiting
 * task's frame and is gone when it has woken. */
struct waiter {
    struct waiter *next, *prev;
    struct task *task;
    void *value;    /* where the value goes to or comes from */
    bool contested; /* others may wake this task too: win task->claim first */
    bool queued;
    bool woken; /* set by the waker: this is the waiter that counted ... */
    bool ok;    /* ... and a value was passed */
};

/* --- parking and waking (sched.c) --------------------------------------------------- */

/* Wait.  The task must be where a waker finds it.  Gives *lock back (NULL: none)
 * and returns when ready() has been called for this task; possibly on another
 * worker. */
void park(enum wait_reason reason, const struct site *where, struct lock *lock);

/* The same, but at when_ns at the latest.  Wakers are several now: the waiter must be
 * contested, and the task's claim 0 before it was queued.  false: the time came
 * first (claim won by the clock). */
bool park_until(enum wait_reason reason, const struct site *where, struct lock *lock,
                int64_t when_ns);

/* park() in two steps, for a wait whose waker is set going in between.  The waker
 * may come before the task has left; it then waits until it has. */
static inline NO_TSAN void park_announce(struct worker *w, struct task *t, enum wait_reason reason,
                                         const struct site *where)
{
    t->where = where;
    t->since_ns = w->now_ns;
    t->reason = reason;
    t->state = TASK_WAITING;
    __atomic_store_n(&w->stats.parks, w->stats.parks + 1, __ATOMIC_RELAXED);
}
void park_leave(void);
bool park_deadline(int64_t when_ns); /* like park_leave(), but at when_ns at the latest */

/* t, which waits, can run: it becomes this worker's next.  Called once for each
 * park(), by a worker. */
void ready(struct task *t);

/* Win the right to wake a task that several could wake.  Once per wait. */
static inline bool claim(struct task *t)
{
    uint32_t open = 0;

    if (unlikely(sched.alone)) {
        open = t->claim;
        t->claim = 1;
        return !open;
    }
    return __atomic_compare_exchange_n(&t->claim, &open, 1, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_RELAXED);
}

/* --- queues of waiters, in the order they came --------------------------------------- */

/* Others read without the lock whether there is a first. */
static inline void waiter_first(struct waiter **first, struct waiter *w)
{
    __atomic_store_n(first, w, __ATOMIC_RELEASE);
}

static inline void waiter_push(struct waiter **first, struct waiter **last, struct waiter *w)
{
    w->next = NULL;
    w->prev = *last;
    if (*last)
        (*last)->next = w;
    else
        waiter_first(first, w);
    *last = w;
    w->queued = true;
}

static inline void waiter_remove(struct waiter **first, struct waiter **last, struct waiter *w)
{
    if (w->prev)
        w->prev->next = w->next;
    else
        waiter_first(first, w->next);
    if (w->next)
        w->next->prev = w->prev;
    else
        *last = w->prev;
    w->queued = false;
}

/* The first waiter that can still be woken, taken off and won; NULL if none. */
static inline struct waiter *waiter_pop(struct waiter **first, struct waiter **last)
{
    struct waiter *w;

    while ((w = *first)) {
        waiter_first(first, w->next);
        if (w->next)
            w->next->prev = NULL;
        else
            *last = NULL;
        w->queued = false;
        if (!w->contested || claim(w->task)) {
            w->woken = true;
            return w;
        }
    }
    return NULL;
}

/* Wake a list that has been taken off.  Each is gone once it is ready. */
static inline void ready_all(struct waiter *w)
{
    while (w) {
        struct waiter *next = w->next;

        ready(w->task);
        w = next;
    }
}

#endif
