/* SPDX-License-Identifier: MIT */
/* safepoint.h - keep all workers out of a region for a moment.
 *
 * A worker enters and leaves the region often and must not pay for it; somebody brings all
 * workers to a safepoint rarely, and may pay.  So entering is a plain store and a load, and
 * whoever begins the safepoint pays for both sides (asymmetric_barrier.h): either it sees the
 * worker inside and waits, or the worker sees the request.  Where the kernel cannot do that,
 * entering takes a fence.
 *
 * Always: between safepoint_begin() and safepoint_end() no worker is in the region.  There,
 * a worker waits for nothing but short locks of others that are inside; whatever it wrote
 * happens before safepoint_begin() returns.  A task cannot lose its worker inside, for
 * scheduling is cooperative.  Whoever begins a safepoint is outside, and is the only one. */
#ifndef SAFEPOINT_H
#define SAFEPOINT_H

#include "core/asymmetric_barrier.h"
#include "core/compiler.h"
#include "core/worker.h"

enum { SAFEPOINT_REQUESTED = 1, SAFEPOINT_FENCED = 2 };

struct safepoint {
    uint32_t state; /* begins as SAFEPOINT_FENCED */
    struct {
        uint32_t inside __attribute__((aligned(64)));
    } workers[MAX_WORKERS];
};

/* Find out what the kernel can do.  While nobody is inside. */
void safepoint_init(struct safepoint *s);

void safepoint_begin(struct safepoint *s);
void safepoint_end(struct safepoint *s);

/* The slow path: a safepoint is requested, or entering takes a fence. */
void safepoint_wait(struct safepoint *s, int worker);

/* Inside; or false: then safepoint_wait() is what remains to be done. */
static inline bool safepoint_region_enter_fast(struct safepoint *s, int worker)
{
    uint32_t *inside = &s->workers[worker].inside;

    if (unlikely(sched.alone))
        return true;
    __atomic_store_n(inside, 1, __ATOMIC_RELAXED);
    asym_light();
    return likely(!__atomic_load_n(&s->state, __ATOMIC_ACQUIRE));
}

static inline void safepoint_region_enter(struct safepoint *s, int worker)
{
    if (!safepoint_region_enter_fast(s, worker))
        safepoint_wait(s, worker);
}

static inline void safepoint_region_leave(struct safepoint *s, int worker)
{
    __atomic_store_n(&s->workers[worker].inside, 0, __ATOMIC_RELEASE);
}

#endif
