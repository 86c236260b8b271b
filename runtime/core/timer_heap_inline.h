/* SPDX-License-Identifier: MIT */
/* timer_heap_inline.h - the heap itself, for the two files that work on it all the time.
 *
 * timer_heap.c fires what is due; wait/timer.c starts, stops and resets the timers of users,
 * which costs too little for a call more.  The heap has four children a node: half as deep as
 * a binary one, and the four lie in one cache line.  Each timer knows its place, so stopping
 * and moving one takes no search. */
#ifndef TIMER_HEAP_INLINE_H
#define TIMER_HEAP_INLINE_H

#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/timer_heap.h"
#include "core/worker.h"
#include "look/count.h"

/* Room for twice as many.  Ends the process when memory runs out. */
void timer_heap_widen(struct timer_heap *h);

/* --- the heap, under its lock ------------------------------------------------------- */

static inline void heap_put(struct timer_heap *h, uint32_t i, struct timer *t)
{
    h->timers[i] = t;
    t->place = i;
}

/* t belongs at place i or nearer to the root. */
static inline void sift_up(struct timer_heap *h, uint32_t i, struct timer *t)
{
    while (i) {
        uint32_t parent = (i - 1) / 4;

        if (h->timers[parent]->when_ns <= t->when_ns)
            break;
        heap_put(h, i, h->timers[parent]);
        i = parent;
    }
    heap_put(h, i, t);
}

/* t belongs at place i or further from the root. */
static inline void sift_down(struct timer_heap *h, uint32_t i, struct timer *t)
{
    for (;;) {
        uint32_t first = 4 * i + 1, last = first + 4, least;

        if (first >= h->count)
            break;
        if (last > h->count)
            last = h->count;
        least = first;
        for (uint32_t c = first + 1; c < last; c++)
            if (h->timers[c]->when_ns < h->timers[least]->when_ns)
                least = c;
        if (t->when_ns <= h->timers[least]->when_ns)
            break;
        heap_put(h, i, h->timers[least]);
        i = least;
    }
    heap_put(h, i, t);
}

static inline void publish_first(struct timer_heap *h)
{
    __atomic_store_n(&h->first_ns, h->count ? h->timers[0]->when_ns : INT64_MAX, __ATOMIC_RELEASE);
}

static inline void heap_add(struct timer_heap *h, struct timer *t)
{
    if (unlikely(h->count == h->room))
        timer_heap_widen(h);
    __atomic_store_n(&t->heap, h, __ATOMIC_RELAXED);
    sift_up(h, h->count++, t);
    if (!t->place)
        publish_first(h);
}

static inline void heap_remove(struct timer_heap *h, struct timer *t)
{
    uint32_t hole = t->place;
    struct timer *last = h->timers[--h->count];

    if (last != t) {
        if (hole && last->when_ns < h->timers[(hole - 1) / 4]->when_ns)
            sift_up(h, hole, last);
        else
            sift_down(h, hole, last);
    }
    __atomic_store_n(&t->heap, NULL, __ATOMIC_RELEASE);
    if (!hole)
        publish_first(h);
}

/* --- arming, disarming, firing -------------------------------------------------- */

/* The deadline of a waiting task is not counted: nobody made a timer. */
static inline void count_pending(const struct timer *t, int n)
{
    if (t->ops != &timer_wake)
        gauge_add(&worker_self()->stats.timers, n);
}

/* t is not pending. */
static inline void heap_arm(struct timer *t, int64_t when_ns)
{
    struct timer_heap *h = &worker_self()->timers;

    t->when_ns = when_ns;
    count_pending(t, 1);
    lock_take(&h->lock);
    heap_add(h, t);
    lock_give(&h->lock);
}

/* The heap in which t is pending, locked; NULL: t is not pending. */
static inline struct timer_heap *heap_of(struct timer *t)
{
    for (;;) {
        struct timer_heap *h = __atomic_load_n(&t->heap, __ATOMIC_ACQUIRE);

        if (!h)
            return NULL;
        lock_take(&h->lock);
        if (h == __atomic_load_n(&t->heap, __ATOMIC_RELAXED))
            return h;
        lock_give(&h->lock); /* it fired, and perhaps was armed elsewhere */
    }
}

/* True: it was pending. */
static inline bool heap_disarm(struct timer *t)
{
    struct timer_heap *h = heap_of(t);

    if (!h)
        return false;
    heap_remove(h, t);
    lock_give(&h->lock);
    count_pending(t, -1);
    return true;
}

/* Arm t, which is not pending, for its maker and the clock anew.  false: somebody else,
 * who resets it too, has just done so. */
static inline bool heap_arm_again(struct timer *t, int64_t when_ns, int64_t period_ns)
{
    struct timer_heap *h = &worker_self()->timers, *none = NULL;

    lock_take(&h->lock);
    if (!__atomic_compare_exchange_n(&t->heap, &none, h, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED)) {
        lock_give(&h->lock);
        return false;
    }
    __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    t->when_ns = when_ns;
    if (t->period_ns)
        t->period_ns = period_ns;
    count_pending(t, 1);
    heap_add(h, t);
    lock_give(&h->lock);
    return true;
}

/* Move t within its heap, which is locked. */
static inline void heap_move(struct timer_heap *h, struct timer *t, int64_t when_ns)
{
    bool earlier = when_ns < t->when_ns;

    t->when_ns = when_ns;
    (earlier ? sift_up : sift_down)(h, t->place, t);
    publish_first(h);
}

#endif
