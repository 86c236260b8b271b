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

#endif
