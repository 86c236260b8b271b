/* SPDX-License-Identifier: MIT */
/* deque.h - a worker's queue of tasks that can run.
 *
 * The owner pushes at the new end and takes from either; anybody takes the
 * oldest.  Chase and Lev, "Dynamic circular work-stealing deque" (2005), with the
 * memory orders of Le, Pop, Cohen and Zappa Nardelli (2013).
 *
 * Always: oldest <= newest, and both only grow; but take_newest steps newest back, over an
 * element that no thief can still win.  slots[i & mask] for oldest
 * <= i < newest are the elements.  When it is full the owner moves to an array
 * of twice the size; thieves may still read the old one, whose elements stay as
 * they were, so old arrays are kept until the process ends - together they are no
 * bigger than the newest.
 *
 * `alone`: no other worker exists.  Then plain loads and stores do. */
#ifndef DEQUE_H
#define DEQUE_H

#include "core/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task;

struct slots {
    uint64_t mask;
    struct task *task[];
};

struct deque {
    int64_t oldest __attribute__((aligned(64))); /* moved by all, by compare-and-swap */
    int64_t newest __attribute__((aligned(64))); /* moved by the owner */
    int64_t seen_oldest;                         /* what the owner last read of oldest */
    struct slots *slots;                         /* replaced by the owner */
};

/* Make room for twice as many.  Ends the process when memory runs out. */
void deque_grow(struct deque *q);

static inline NO_TSAN int64_t deque_count(const struct deque *q)
{
    return __atomic_load_n(&q->newest, __ATOMIC_RELAXED) -
           __atomic_load_n(&q->oldest, __ATOMIC_RELAXED);
}

/* How many tasks there are, at most, without reading `oldest`. Only the owner may ask. */
static inline NO_TSAN int64_t deque_most(const struct deque *q)
{
    return q->newest - q->seen_oldest;
}

static inline NO_TSAN void deque_push(struct deque *q, struct task *t)
{
    int64_t n = q->newest;

    if (unlikely(deque_most(q) > (int64_t)q->slots->mask)) {
        /* acquire: a slot is overwritten only after the thief that emptied it is done */
        q->seen_oldest = __atomic_load_n(&q->oldest, __ATOMIC_ACQUIRE);
        if (deque_most(q) > (int64_t)q->slots->mask)
            deque_grow(q);
    }
    __atomic_store_n(&q->slots->task[n & q->slots->mask], t, __ATOMIC_RELAXED);
    __atomic_store_n(&q->newest, n + 1, __ATOMIC_RELEASE); /* with what the task holds */
}

/* The owner takes what it pushed last, or NULL. */
static inline NO_TSAN struct task *deque_take_newest(struct deque *q, bool alone)
{
    int64_t n = q->newest - 1, o;
    struct task *t;

    q->seen_oldest = __atomic_load_n(&q->oldest, __ATOMIC_RELAXED);
    if (n < q->seen_oldest)
        return NULL; /* oldest only grows, so it is certainly empty */
    if (alone) {
        q->newest = n;
        return q->slots->task[n & q->slots->mask];
    }
    /* Announce, then look: a thief that does not see the announcement has moved
     * oldest before, and we see that. */
    __atomic_store_n(&q->newest, n, __ATOMIC_SEQ_CST);
    o = __atomic_load_n(&q->oldest, __ATOMIC_SEQ_CST);
    t = __atomic_load_n(&q->slots->task[n & q->slots->mask], __ATOMIC_RELAXED);
    if (o < n)
        return t;
    q->seen_oldest = n + 1; /* it goes, by us or by a thief */
    if (o > n || !__atomic_compare_exchange_n(&q->oldest, &o, o + 1, false, __ATOMIC_SEQ_CST,
                                              __ATOMIC_RELAXED))
        t = NULL; /* a thief was faster */
    __atomic_store_n(&q->newest, n + 1, __ATOMIC_RELAXED);
    return t;
}

/* Anybody takes the oldest.  NULL: empty, or somebody else took it just now. */
static inline NO_TSAN struct task *deque_take_oldest(struct deque *q, bool alone)
{
    int64_t o, n;
    struct slots *slots;
    struct task *t;

    if (alone) {
        o = q->oldest;
        if (o == q->newest)
            return NULL;
        q->oldest = o + 1;
        return q->slots->task[o & q->slots->mask];
    }
    o = __atomic_load_n(&q->oldest, __ATOMIC_SEQ_CST);
    n = __atomic_load_n(&q->newest, __ATOMIC_SEQ_CST);
    if (o >= n)
        return NULL;
    slots = __atomic_load_n(&q->slots, __ATOMIC_ACQUIRE);
    t = __atomic_load_n(&slots->task[o & slots->mask], __ATOMIC_RELAXED);
    if (!__atomic_compare_exchange_n(&q->oldest, &o, o + 1, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_RELAXED))
        return NULL;
    return t;
}

#endif
