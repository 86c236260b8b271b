/* SPDX-License-Identifier: MIT */
/* gate.h - keep all workers out of something for a moment.
 *
 * A worker passes in and out often and must not pay for it; somebody closes the gate
 * rarely and may.  So passing is a plain store and a look, and closing pays for both
 * (asym.h): either the closer sees the worker inside and waits, or the worker sees the
 * gate closed.  Where that does not work, passing takes a fence.
 *
 * Always: between gate_close() and gate_open() no worker is inside.  Inside, a worker
 * waits for nothing but short locks of others that are inside; what they hold was
 * passed on in order to whoever closed.  A task cannot lose its worker inside, for it
 * gives way only where it says so.  Whoever closes is outside, and alone in closing. */
#ifndef GATE_H
#define GATE_H

#include "core/sched.h"

#include <sched.h>

enum { GATE_CLOSED = 1, GATE_FENCED = 2 };

struct gate {
    uint32_t state; /* begins as GATE_FENCED */
    struct {
        uint32_t inside __attribute__((aligned(64)));
    } workers[MAX_WORKERS];
};

/* Find out what the kernel can do.  While nobody is inside. */
void gate_init(struct gate *g);

void gate_close(struct gate *g);
void gate_open(struct gate *g);

/* The gate is not simply open. */
void gate_wait(struct gate *g, int worker);

/* Inside; or false: then gate_wait() is what remains to be done. */
static inline bool gate_enter_quick(struct gate *g, int worker)
{
    uint32_t *inside = &g->workers[worker].inside;

    if (unlikely(sched.alone))
        return true;
    __atomic_store_n(inside, 1, __ATOMIC_RELAXED);
    asym_light();
    return likely(!__atomic_load_n(&g->state, __ATOMIC_ACQUIRE));
}

static inline void gate_enter(struct gate *g, int worker)
{
    if (!gate_enter_quick(g, worker))
        gate_wait(g, worker);
}

static inline void gate_leave(struct gate *g, int worker)
{
    __atomic_store_n(&g->workers[worker].inside, 0, __ATOMIC_RELEASE);
}

/* Look again soon: whoever is waited for may have lost its processor. */
static inline void gate_pause(int n)
{
    explore_spin();
    if (n % 64)
        cpu_relax();
    else
        sched_yield();
}

#endif
