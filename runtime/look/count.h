/* SPDX-License-Identifier: MIT */
/* count.h - how a worker counts into its own stats (stats.h): without atomics, so that readers
 * see a figure that was true a moment ago. */
#ifndef COUNT_H
#define COUNT_H

#include "core/compiler.h"
#include "stats.h"

static inline NO_TSAN void gauge_add(struct gauge *g, int64_t n)
{
    int64_t now = __atomic_load_n(&g->now, __ATOMIC_RELAXED) + n;

    __atomic_store_n(&g->now, now, __ATOMIC_RELEASE); /* orders what ended before: task_count() */
    if (n > 0) {
        __atomic_store_n(&g->total, g->total + (uint64_t)n, __ATOMIC_RELAXED);
        if (now > g->peak)
            __atomic_store_n(&g->peak, now, __ATOMIC_RELAXED);
    }
}

static inline NO_TSAN void counter_add(uint64_t *c, uint64_t n)
{
    __atomic_store_n(c, __atomic_load_n(c, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}

#endif
