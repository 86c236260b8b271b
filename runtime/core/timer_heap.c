/* SPDX-License-Identifier: MIT */
/* timer_heap.c - deadlines, a heap of them for each worker.
 *
 * The heap has four children a node: half as deep as a binary one, and the four
 * lie in one cache line.  Each timer knows its place, so stopping and moving one
 * takes no search.
 *
 * Firing happens under the heap's lock, and so does the emptying of the channel in
 * stop and reset (wait/timer.c): that is what makes sure that no old value shows up
 * afterwards.  Only what a timer_call calls runs without it, since it takes locks that come
 * before this one.  Locks are taken in the order context, heap, channel. */
#include "core/timer_heap.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "timer.h"

#include <stdlib.h>

const struct timer_ops timer_wake, timer_call;

int64_t deadline_after(struct worker *w, int64_t ns)
{
    int64_t when;

    if (__builtin_add_overflow(clock_quick(w), ns > 0 ? ns : 0, &when))
        return INT64_MAX - 1; /* INT64_MAX means that there is none */
    return when;
}

/* --- the heap ---------------------------------------------------------------- */

static inline void put(struct timer_heap *h, uint32_t i, struct timer *t)
{
    h->timers[i] = t;
    t->place = i;
}

/* t belongs at place i or nearer to the root. */
static void sift_up(struct timer_heap *h, uint32_t i, struct timer *t)
{
    while (i) {
        uint32_t parent = (i - 1) / 4;

        if (h->timers[parent]->when_ns <= t->when_ns)
            break;
        put(h, i, h->timers[parent]);
        i = parent;
    }
    put(h, i, t);
}

/* t belongs at place i or further from the root. */
static void sift_down(struct timer_heap *h, uint32_t i, struct timer *t)
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
        put(h, i, h->timers[least]);
        i = least;
    }
    put(h, i, t);
}

static inline void publish_first(struct timer_heap *h)
{
    __atomic_store_n(&h->first_ns, h->count ? h->timers[0]->when_ns : INT64_MAX, __ATOMIC_RELEASE);
}

static NOINLINE void heap_widen(struct timer_heap *h)
{
    uint32_t room = h->room ? 2 * h->room : 64;
    struct timer **wider = realloc(h->timers, room * sizeof *wider);

    if (!wider)
        fatal("out of memory for timers");
    h->timers = wider;
    h->room = room;
}

static void heap_add(struct timer_heap *h, struct timer *t)
{
    if (unlikely(h->count == h->room))
        heap_widen(h);
    __atomic_store_n(&t->heap, h, __ATOMIC_RELAXED);
    sift_up(h, h->count++, t);
    if (!t->place)
        publish_first(h);
}

static void heap_remove(struct timer_heap *h, struct timer *t)
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

void timer_arm(struct timer *t, int64_t when_ns)
{
    struct timer_heap *h = &worker_self()->timers;

    t->when_ns = when_ns;
    count_pending(t, 1);
    lock_take(&h->lock);
    heap_add(h, t);
    lock_give(&h->lock);
}

struct timer_heap *timer_lock(struct timer *t)
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

bool timer_disarm(struct timer *t)
{
    struct timer_heap *h = timer_lock(t);

    if (!h)
        return false;
    heap_remove(h, t);
    lock_give(&h->lock);
    count_pending(t, -1);
    return true;
}

bool timer_arm_again(struct timer *t, int64_t when_ns, int64_t period_ns)
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

void timer_move(struct timer_heap *h, struct timer *t, int64_t when_ns)
{
    bool earlier = when_ns < t->when_ns;

    t->when_ns = when_ns;
    (earlier ? sift_up : sift_down)(h, t->place, t);
    publish_first(h);
}

/* The next tick after now, without those that were missed. */
static int64_t next_tick(const struct timer *t, int64_t now)
{
    return t->when_ns + t->period_ns * (1 + (now - t->when_ns) / t->period_ns);
}

/* t belongs to the callee, and may be gone when it returns. */
static void call_without_lock(struct timer_heap *h, struct timer *t)
{
    heap_remove(h, t);
    count_pending(t, -1);
    lock_give(&h->lock);
    t->fn(t->arg);
    lock_take(&h->lock);
}

static void timer_fire(struct timer_heap *h, struct timer *t, int64_t now)
{
    struct task *waiting = t->task;

    /* t lies in the task's frame and is gone once the task runs.  The claim comes before t
     * leaves the heap: until then the task cannot have gone on to its next wait, which this
     * must not end. */
    if (t->ops == &timer_wake) {
        bool won = claim(waiting);

        heap_remove(h, t);
        if (won)
            ready(waiting);
        return;
    }
    if (t->ops == &timer_call) {
        call_without_lock(h, t);
        return;
    }
    /* The value first: whoever finds t no longer pending finds the value there. */
    t->ops->fire(t, now);
    if (t->period_ns) {
        t->when_ns = next_tick(t, now);
        sift_down(h, 0, t);
        publish_first(h);
        return;
    }
    heap_remove(h, t);
    count_pending(t, -1);
    t->ops->release(t);
}

void timers_run(struct timer_heap *h, int64_t now)
{
    if (likely(__atomic_load_n(&h->first_ns, __ATOMIC_ACQUIRE) > now))
        return;
    now = clock_now(); /* the quick clock may be ahead */
    lock_take(&h->lock);
    while (h->count && h->timers[0]->when_ns <= now)
        timer_fire(h, h->timers[0], now);
    lock_give(&h->lock);
}

int64_t timers_first(void)
{
    int64_t first = INT64_MAX;

    for (int i = 0; i < sched.nworkers; i++) {
        int64_t f = __atomic_load_n(&sched.workers[i]->timers.first_ns, __ATOMIC_ACQUIRE);

        if (f < first)
            first = f;
    }
    return first;
}
