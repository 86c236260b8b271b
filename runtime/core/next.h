/* SPDX-License-Identifier: MIT */
/* next.h - the slot of the task that a worker runs next.
 *
 * It is set and taken at every switch, so its worker does it by plain loads and stores, and
 * a thief, who comes only when the worker is stuck in a computation, pays for both
 * (asym.h): it announces itself in `robbed`, and waits until the worker is not at it.
 * The worker meanwhile does without.
 *
 * Always: a task put here comes out once, at its worker or at one thief. */
#ifndef NEXT_H
#define NEXT_H

#include "core/sched.h"

/* Its worker may use what is in the slot; next_leave() in either case. */
static GLUE inline bool next_reach(struct worker *w)
{
    __atomic_store_n(&w->at_next, 1, __ATOMIC_RELAXED);
    asym_light();
    return likely(!__atomic_load_n(&w->robbed, __ATOMIC_ACQUIRE));
}

static GLUE inline void next_leave(struct worker *w)
{
    __atomic_store_n(&w->at_next, 0, __ATOMIC_RELEASE);
}

/* What was there makes way for t.  Kept off, t itself does. */
static GLUE inline struct task *next_exchange(struct worker *w, struct task *t)
{
    struct task *old = t;

    if (unlikely(sched.alone) || next_reach(w)) {
        old = w->next;
        __atomic_store_n(&w->next, t, __ATOMIC_RELAXED);
    }
    next_leave(w);
    return old;
}

/* What has to make way, or NULL.  Nobody but its worker fills the slot, so an empty one
 * stays empty until then, and a thief who comes now finds nothing or t. */
static GLUE inline struct task *next_put(struct worker *w, struct task *t)
{
    if (unlikely(__atomic_load_n(&w->next, __ATOMIC_RELAXED) ||
                 __atomic_load_n(&w->robbed, __ATOMIC_RELAXED)))
        return next_exchange(w, t);
    __atomic_store_n(&w->next, t, __ATOMIC_RELEASE);
    return 0;
}

static GLUE inline struct task *next_take(struct worker *w)
{
    return __atomic_load_n(&w->next, __ATOMIC_RELAXED) ? next_exchange(w, 0) : 0;
}

/* What another worker would run next, or NULL. */
static GLUE inline struct task *next_rob(struct worker *v)
{
    struct task *t;
    uint32_t no = 0;

    if (!asym_works || !__atomic_load_n(&v->next, __ATOMIC_RELAXED) ||
        !__atomic_compare_exchange_n(&v->robbed, &no, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return 0;
    asym_heavy();
    while (__atomic_load_n(&v->at_next, __ATOMIC_ACQUIRE))
        cpu_relax();
    if ((t = __atomic_load_n(&v->next, __ATOMIC_ACQUIRE)))
        __atomic_store_n(&v->next, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&v->robbed, 0, __ATOMIC_RELEASE);
    return t;
}

#endif
