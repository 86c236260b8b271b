/* SPDX-License-Identifier: MIT */
/* timer.c - a heap of deadlines a worker.
 *
 * A timer lies in the heap of the worker on which it was armed, under that heap's
 * lock.  Every worker fires its own when it comes by its scheduler, and those of
 * all when it has nothing to do; a worker lost in a computation therefore delays
 * nobody's timers but, by a moment, its own.
 *
 * The heap has four children a node: half as deep as a binary one, and the four
 * lie in one cache line.  Each timer knows its place, so stopping and moving one
 * takes no search.
 *
 * Firing happens under the heap's lock, and so does the emptying of the channel in
 * stop and reset: that is what makes sure that no old value shows up afterwards.
 * Only what a TIMER_CALL calls runs without it, since it takes locks that come before
 * this one.  Locks are taken in the order context, heap, channel. */
#include "timer.h"
#include "chan.h"
#include "memory/gc_impl.h"
#include "wait/chan_impl.h"
#include "core/sched.h"

#include <stdlib.h>

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

static __attribute__((noinline)) void heap_widen(struct timer_heap *h)
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
    __atomic_store_n(&t->heap, 0, __ATOMIC_RELEASE);
    if (!hole)
        publish_first(h);
}

/* --- arming, disarming, firing -------------------------------------------------- */

/* A task that waits with a deadline is a task and no timer of anybody's. */
static inline void count_pending(const struct timer *t, int n)
{
    if (t->kind != TIMER_WAKE)
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

/* The heap in which t is pending, locked; NULL if t is not pending. */
static struct timer_heap *heap_of(struct timer *t)
{
    for (;;) {
        struct timer_heap *h = __atomic_load_n(&t->heap, __ATOMIC_ACQUIRE);

        if (!h)
            return 0;
        lock_take(&h->lock);
        if (h == __atomic_load_n(&t->heap, __ATOMIC_RELAXED))
            return h;
        lock_give(&h->lock); /* it fired, and perhaps was armed elsewhere */
    }
}

bool timer_disarm(struct timer *t)
{
    struct timer_heap *h = heap_of(t);

    if (!h)
        return false;
    heap_remove(h, t);
    lock_give(&h->lock);
    count_pending(t, -1);
    return true;
}

static void timer_unref(struct timer *t)
{
    if (__atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL))
        return;
    if (t->kind == TIMER_CHAN)
        chan_drop(t->chan);
    gc_or_free(t);
}

/* The next tick after now, without those that were missed. */
static int64_t next_tick(const struct timer *t, int64_t now)
{
    return t->when_ns + t->period_ns * (1 + (now - t->when_ns) / t->period_ns);
}

/* t belongs to what is called, and may be gone when that returns. */
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

    /* t is in the task's frame: gone once it runs.  The claim comes first: as long as t is
     * here, the task cannot have gone on to its next wait, which is not ours to end. */
    if (t->kind == TIMER_WAKE) {
        bool won = claim(waiting);

        heap_remove(h, t);
        if (won)
            ready(waiting);
        return;
    }
    if (t->kind == TIMER_CALL) {
        call_without_lock(h, t);
        return;
    }
    /* The value first: whoever finds t no longer pending finds the value there. */
    if (t->kind == TIMER_CHAN)
        chan_try_send(t->chan, &now);
    else
        task_go(t->fn, t->arg, t->where);
    if (t->period_ns) {
        t->when_ns = next_tick(t, now);
        sift_down(h, 0, t);
        publish_first(h);
        return;
    }
    heap_remove(h, t);
    count_pending(t, -1);
    timer_unref(t);
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

/* --- the public verbs ------------------------------------------------------------ */

static struct timer *timer_new(enum timer_kind kind, const struct site *where)
{
    struct timer *t = gc_or_malloc(sizeof *t); /* what it starts may need a collected arg */

    if (!t)
        return 0;
    *t = (struct timer){ .kind = kind, .where = where, .refs = 2 }; /* the maker and the clock */
    return t;
}

static struct timer *timer_new_chan(int64_t ns, int64_t period_ns, const struct site *where)
{
    struct timer *t = timer_new(TIMER_CHAN, where);

    if (!t)
        return 0;
    t->period_ns = period_ns;
    t->chan = chan_make(sizeof(int64_t), 1);
    if (!t->chan) {
        gc_or_free(t);
        return 0;
    }
    t->chan->owned = true;
    timer_arm(t, deadline_after(worker_self(), ns));
    return t;
}

struct timer *timer_make_at(int64_t ns, const struct site *where)
{
    return timer_new_chan(ns, 0, where);
}

struct timer *ticker_make_at(int64_t ns, const struct site *where)
{
    if (ns <= 0)
        task_panic(where, "non-positive interval for ticker_make");
    return timer_new_chan(ns, ns, where);
}

struct timer *timer_after_func_at(int64_t ns, task_fn *fn, void *arg, const struct site *where)
{
    struct timer *t;

    if (unlikely(!fn)) /* now: when the timer fires there is no task that could be told */
        task_panic(where, "go of nil func value");
    t = timer_new(TIMER_FUNC, where);
    if (!t)
        return 0;
    t->fn = fn;
    t->arg = arg;
    timer_arm(t, deadline_after(worker_self(), ns));
    return t;
}

struct chan *timer_after_at(int64_t ns, const struct site *where)
{
    struct timer *t = timer_make_at(ns, where);
    struct chan *c;

    if (!t)
        return 0;
    c = chan_ref(t->chan);
    timer_drop(t);
    return c;
}

struct chan *timer_chan(struct timer *t)
{
    return t->kind == TIMER_CHAN ? t->chan : 0;
}

/* true: there was a value that nobody had taken. */
static bool forget_value(struct timer *t)
{
    return t->kind == TIMER_CHAN && chan_try_recv(t->chan, 0) == CHAN_OK;
}

bool timer_stop(struct timer *t)
{
    bool was_pending = timer_disarm(t);

    if (was_pending)
        __atomic_sub_fetch(&t->refs, 1, __ATOMIC_RELAXED); /* the clock's; the maker's is left */
    return forget_value(t) || was_pending;
}

/* Arm t, which is not pending, for its maker and the clock anew.  false: somebody else,
 * who resets it too, has just done so. */
static bool timer_rearm(struct timer *t, int64_t when_ns, int64_t ns)
{
    struct timer_heap *h = &worker_self()->timers, *none = 0;

    lock_take(&h->lock);
    if (!__atomic_compare_exchange_n(&t->heap, &none, h, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED)) {
        lock_give(&h->lock);
        return false;
    }
    __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    t->when_ns = when_ns;
    if (t->period_ns)
        t->period_ns = ns;
    count_pending(t, 1);
    heap_add(h, t);
    lock_give(&h->lock);
    return true;
}

/* Move t where it is, whoever's heap that is. */
static void heap_move(struct timer_heap *h, struct timer *t, int64_t when_ns)
{
    bool earlier = when_ns < t->when_ns;

    t->when_ns = when_ns;
    (earlier ? sift_up : sift_down)(h, t->place, t);
    publish_first(h);
}

bool timer_reset(struct timer *t, int64_t ns)
{
    int64_t when = deadline_after(worker_self(), ns);
    struct timer_heap *h;
    bool unread;

    if (t->period_ns && ns <= 0)
        panic("non-positive interval for timer_reset of a ticker");
    while (!(h = heap_of(t))) {
        unread = forget_value(t);
        if (timer_rearm(t, when, ns))
            return unread;
    }
    if (t->period_ns)
        t->period_ns = ns;
    heap_move(h, t, when);
    forget_value(t);
    lock_give(&h->lock);
    return true;
}

void timer_drop(struct timer *t)
{
    if (t)
        timer_unref(t);
}
