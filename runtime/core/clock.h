/* SPDX-License-Identifier: MIT */
/* clock.h - the time for a worker, more cheaply than clock_now() (timer.h) has it. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

struct worker;

/* Find out how fast the cycle counter runs: two milliseconds, once. */
void clock_start(void);

/* Now, at most 1 us ahead; ~10 ns. */
int64_t clock_quick(struct worker *w);

/* `ns` from now, without overflow. */
static inline int64_t deadline_after(struct worker *w, int64_t ns)
{
    int64_t when;

    if (__builtin_add_overflow(clock_quick(w), ns > 0 ? ns : 0, &when))
        return INT64_MAX - 1; /* INT64_MAX means that there is none */
    return when;
}

#endif
