/* SPDX-License-Identifier: MIT */
/* counter_prices.h - what an addition to a counter costs that several tasks add to. */
#ifndef COUNTER_PRICES_H
#define COUNTER_PRICES_H

/* Register with gbench.h, for as many tasks as there are workers (task.h),
 *
 *     counters/lock/workers/N     one counter, under a mutex
 *     counters/atomic/workers/N   one counter, by an atomic addition
 *     counters/beside/workers/N   a counter for each task, side by side in memory
 *     counters/apart/workers/N    a counter for each task, each in a cache line of its own */
void counter_prices_register(int workers);

#endif
