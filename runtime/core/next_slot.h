/* SPDX-License-Identifier: MIT */
/* next_slot.h - the slot of the task that a worker runs next.
 *
 * It is set and taken at every switch, so its worker does it by plain loads and stores.  A
 * thief comes only when the worker is stuck in a computation, and pays for both sides
 * (asymmetric_barrier.h): it announces itself in `stealing`, and waits until the worker is not
 * using the slot.  Meanwhile the worker does without it.
 *
 * Always: a task put here comes out once, at its worker or at one thief. */
#ifndef NEXT_SLOT_H
#define NEXT_SLOT_H

#include "core/asymmetric_barrier.h"
#include "core/compiler.h"
#include "core/worker.h"

/* Whether the worker may use the slot.  Either way next_leave() must follow. */
static inline NO_TSAN bool next_reach(struct worker *w)
{
    __atomic_store_n(&w->at_next, 1, __ATOMIC_RELAXED);
    asym_light();
    return likely(!__atomic_load_n(&w->stealing, __ATOMIC_ACQUIRE));
}

static inline NO_TSAN void next_leave(struct worker *w)
{
    __atomic_store_n(&w->at_next, 0, __ATOMIC_RELEASE);
}

/* Put t into the slot and return what was there; or return t, if a thief is at the slot. */
static inline NO_TSAN struct task *next_exchange(struct worker *w, struct task *t)
{
    struct task *old = t;

    if (unlikely(sched.alone) || next_reach(w)) {
        old = __atomic_load_n(&w->next, __ATOMIC_RELAXED);
        __atomic_store_n(&w->next, t, __ATOMIC_RELAXED);
    }
    next_leave(w);
    return old;
}

/* Put t into the slot.  Returns the task that has to be queued elsewhere, the old one or t,
 * or NULL.  An empty slot takes no announcement: nobody else fills it, so a thief who comes
 * now finds nothing, or t. */
static inline NO_TSAN struct task *next_put(struct worker *w, struct task *t)
{
    if (unlikely(__atomic_load_n(&w->next, __ATOMIC_RELAXED) ||
                 __atomic_load_n(&w->stealing, __ATOMIC_RELAXED)))
        return next_exchange(w, t);
    __atomic_store_n(&w->next, t, __ATOMIC_RELEASE);
    return NULL;
}

/* Empty the slot; NULL if it was empty, or a thief is at it. */
static inline NO_TSAN struct task *next_take(struct worker *w)
{
    return __atomic_load_n(&w->next, __ATOMIC_RELAXED) ? next_exchange(w, NULL) : NULL;
}

/* Take what another worker would run next, or NULL. */
static inline NO_TSAN struct task *next_steal(struct worker *v)
{
    struct task *t;
    uint32_t no = 0;

    if (!asym_works || !__atomic_load_n(&v->next, __ATOMIC_RELAXED) ||
        !__atomic_compare_exchange_n(&v->stealing, &no, 1, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED))
        return NULL;
    asym_heavy();
    while (__atomic_load_n(&v->at_next, __ATOMIC_ACQUIRE))
        cpu_relax();
    if ((t = __atomic_load_n(&v->next, __ATOMIC_ACQUIRE)))
        __atomic_store_n(&v->next, NULL, __ATOMIC_RELAXED);
    __atomic_store_n(&v->stealing, 0, __ATOMIC_RELEASE);
    return t;
}

#endif
