/* SPDX-License-Identifier: MIT */
/* timer.c - the timers that users make: a channel that gets the time, or a task that starts.
 *
 * When they fire is the business of timer_heap.c. */
#include "timer.h"

#include "chan.h"
#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/sched.h"
#include "core/timer_heap_inline.h"
#include "core/worker.h"
#include "memory/gc_hooks.h"
#include "wait/chan_impl.h"

static void release(struct timer *t);

static void send_time(struct timer *t, int64_t now)
{
    chan_try_send_at(t->chan, &now, t->where);
}

static void start_task(struct timer *t, int64_t now)
{
    (void)now;
    task_go_later(t->fn, t->arg, t->where);
}

static const struct timer_ops chan_ops = { send_time, release };
static const struct timer_ops func_ops = { start_task, release };

/* If somebody waits in the channel, this panics and the timer keeps its last owner. */
static void timer_unref(struct timer *t, const struct site *where)
{
    if (__atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL))
        return;
    t->refs = 1;
    if (t->ops == &chan_ops)
        chan_drop_at(t->chan, where);
    gc_or_free(t);
}

/* The clock's share. */
static void release(struct timer *t)
{
    timer_unref(t, t->where);
}

/* The maker and the clock have it. */
static struct timer *timer_new(const struct timer_ops *ops, const struct site *where)
{
    struct timer *t = gc_or_malloc(sizeof *t); /* what it starts may need a collected arg */

    if (!t)
        return NULL;
    *t = (struct timer){ .ops = ops, .where = where, .refs = 2 };
    return t;
}

static struct timer *timer_new_chan(int64_t ns, int64_t period_ns, const struct site *where)
{
    struct timer *t = timer_new(&chan_ops, where);

    if (!t)
        return NULL;
    t->period_ns = period_ns;
    t->chan = chan_make_at(sizeof(int64_t), 1, where);
    if (!t->chan) {
        gc_or_free(t);
        return NULL;
    }
    t->chan->owned = true;
    heap_arm(t, deadline_after(worker_self(), ns));
    return t;
}
LEFT_OUT_AS(timer_new_chan, "timer_make() or ticker_make");

struct timer *timer_make_at(int64_t ns, const struct site *where)
{
    return timer_new_chan(ns, 0, where);
}
LEFT_OUT(timer_make_at);

struct timer *ticker_make_at(int64_t ns, const struct site *where)
{
    if (ns <= 0)
        task_panic(where, "non-positive interval for ticker_make");
    return timer_new_chan(ns, ns, where);
}
LEFT_OUT(ticker_make_at);

struct timer *timer_after_func_at(int64_t ns, task_fn *fn, void *arg, const struct site *where)
{
    struct timer *t;

    if (unlikely(!fn)) /* now: when the timer fires there is no task that could be told */
        task_fatal(where, "go of nil func value");
    t = timer_new(&func_ops, where);
    if (!t)
        return NULL;
    t->fn = fn;
    t->arg = arg;
    heap_arm(t, deadline_after(worker_self(), ns));
    return t;
}
LEFT_OUT(timer_after_func_at);

struct chan *timer_after_at(int64_t ns, const struct site *where)
{
    struct timer *t = timer_make_at(ns, where);
    struct chan *c;

    if (!t)
        return NULL;
    c = chan_ref(t->chan);
    timer_drop_at(t, where);
    return c;
}
LEFT_OUT(timer_after_at);

struct chan *timer_chan(struct timer *t)
{
    return t->ops == &chan_ops ? t->chan : NULL;
}

/* true: there was a value that nobody had taken. */
static bool forget_value(struct timer *t)
{
    return t->ops == &chan_ops && chan_try_recv(t->chan, NULL) == CHAN_OK;
}

bool timer_stop(struct timer *t)
{
    bool was_pending = heap_disarm(t);

    if (was_pending)
        __atomic_sub_fetch(&t->refs, 1, __ATOMIC_RELAXED); /* the clock's; the maker's is left */
    return forget_value(t) || was_pending;
}
LEFT_OUT(timer_stop);

bool timer_reset_at(struct timer *t, int64_t ns, const struct site *where)
{
    int64_t when = deadline_after(worker_self(), ns);
    struct timer_heap *h;
    bool unread;

    if (t->period_ns && ns <= 0)
        task_panic(where, "non-positive interval for timer_reset of a ticker");
    while (!(h = heap_of(t))) {
        unread = forget_value(t);
        if (heap_arm_again(t, when, ns))
            return unread;
    }
    if (t->period_ns)
        t->period_ns = ns;
    heap_move(h, t, when);
    forget_value(t);
    lock_give(&h->lock);
    return true;
}
LEFT_OUT(timer_reset_at);

void timer_drop_at(struct timer *t, const struct site *where)
{
    if (t)
        timer_unref(t, where);
}
LEFT_OUT(timer_drop_at);

void(timer_drop)(struct timer *t)
{
    timer_drop_at(t, NULL);
}
LEFT_OUT(timer_drop);
