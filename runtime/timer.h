/* SPDX-License-Identifier: MIT */
/* timer.h - make something happen later.
 *
 * Times are nanoseconds of the monotonic clock.  A timer never fires early; how
 * late it fires depends on when a worker next comes to its scheduler.  A timer that nobody stops
 * stays until it fires, as in Go up to 1.22: there is no collector to find it.
 *
 * A timer has two owners: whoever made it, until timer_drop(), and the clock,
 * while it is pending. */
#ifndef TIMER_H
#define TIMER_H

#include "chan.h"

enum { NS = 1, US = 1000, MS = 1000 * US };
#define SEC (1000 * (int64_t)MS)

struct timer;

/* Now, on the clock that all times here are on. */
int64_t clock_now(void);

/* A timer that puts the time at which it fired (an int64_t) into its channel.
 * The channel has one place; a value that was not taken stays, and the newer
 * one is lost: the clock never waits.  NULL when memory runs out. */
#define timer_make(ns) timer_make_at((ns), HERE)

/* The channel of such a timer; it lives as long as the timer.  Closing it panics. */
struct chan *timer_chan(struct timer *t);

/* A timer that starts fn(arg) as a task of its own.  A NULL fn is fatal. */
#define timer_after_func(ns, fn, arg) timer_after_func_at((ns), (fn), (arg), HERE)

/* Do not fire.  true: the firing was prevented, or nobody had taken its value, which
 * is gone now; false: it had fired or had been stopped.  Does not wait for a task
 * that has been started.  After it returns no value from before can be received
 * from the channel (Go >= 1.23). */
bool timer_stop(struct timer *t);

/* Fire ns from now instead.  Old values vanish, and what it returns is the same, as
 * with timer_stop(). */
#define timer_reset(t, ns) timer_reset_at((t), (ns), HERE)

/* The maker's share ends.  A pending timer still fires.  NULL is fine.  When the clock's share has
 * ended, too, nobody may wait in the timer's channel: as with chan_drop(). */
#define timer_drop(t) timer_drop_at((t), HERE)
void(timer_drop)(struct timer *t);

/* A channel that gets the time once, ns from now.  The caller owns one reference
 * to it; nothing can stop the timer behind it. */
#define timer_after(ns) timer_after_at((ns), HERE)

/* A timer that fires every ns nanoseconds, dropping ticks for a slow receiver,
 * until it is stopped.  timer_reset() changes the period.  ns <= 0 panics. */
#define ticker_make(ns) ticker_make_at((ns), HERE)

/* What the macros call. */
struct timer *timer_make_at(int64_t ns, const struct site *where);
struct timer *timer_after_func_at(int64_t ns, task_fn *fn, void *arg, const struct site *where);
struct chan *timer_after_at(int64_t ns, const struct site *where);
struct timer *ticker_make_at(int64_t ns, const struct site *where);
bool timer_reset_at(struct timer *t, int64_t ns, const struct site *where);
void timer_drop_at(struct timer *t, const struct site *where);

#endif
