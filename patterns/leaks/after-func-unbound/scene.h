/* SPDX-License-Identifier: MIT */
/* A request arms a watcher: if it takes longer than its budget, a timer starts a
 * task that notes "slow" and then waits to note how slow it was.
 *
 * Even requests are quick and have an hour; odd ones take longer than they may.
 * So whatever the machine does meanwhile, half of the timers are pending when
 * their request ends, and the other half have started their task. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "timer.h"

struct scene {
    int64_t quick_budget_ns, slow_budget_ns;
};

static inline bool request_is_slow(uint64_t i)
{
    return i % 2 == 1;
}

static inline int64_t request_budget(struct scene *s, uint64_t i)
{
    return request_is_slow(i) ? s->slow_budget_ns : s->quick_budget_ns;
}

/* The work itself.  A slow one waits for a backend past its budget, and so
 * gives the timer, which is due earlier, the time to fire first. */
static inline uint64_t request_serve(struct scene *s, uint64_t i)
{
    if (request_is_slow(i))
        task_sleep(3 * s->slow_budget_ns);
    return i;
}

/* The task behind the timer.  Owns one reference to done. */
static inline void watch_slow(void *arg)
{
    struct chan *done = arg;

    chan_recv(done, NULL);
    chan_drop(done);
}

#endif
