/* SPDX-License-Identifier: MIT */
/* timer_heap.c - deadlines, a heap of them for each worker.
 *
 * Firing happens under the heap's lock, and so does the emptying of the channel in
 * stop and reset (wait/timer.c): that is what makes sure that no old value shows up
 * afterwards.  Only what a timer_call calls runs without it, since it takes locks that come
 * before this one.  Locks are taken in the order context, heap, channel. */
#include "core/timer_heap_inline.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/fatal.h"
#include "timer.h"

#include <stdlib.h>

const struct timer_ops timer_wake, timer_call;

NOINLINE void timer_heap_widen(struct timer_heap *h)
{
    uint32_t room = h->room ? 2 * h->room : 64;
    struct timer **wider = realloc(h->timers, room * sizeof *wider);

    if (!wider)
        fatal("out of memory for timers");
    h->timers = wider;
    h->room = room;
}

void timer_arm(struct timer *t, int64_t when_ns)
{
    heap_arm(t, when_ns);
}

bool timer_disarm(struct timer *t)
{
    return heap_disarm(t);
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
    worker_self()->firing = true;
    lock_take(&h->lock);
    while (h->count && h->timers[0]->when_ns <= now)
        timer_fire(h, h->timers[0], now);
    lock_give(&h->lock);
    worker_self()->firing = false;
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
