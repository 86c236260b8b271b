/* SPDX-License-Identifier: MIT */
/* asymmetric_barrier.h - a barrier between two threads for which only one of them pays.
 *
 * Each of the two stores a flag of its own, then loads the flag of the other: at least one
 * must see the other's.  Processors may do the load before the store, unless a fence stands
 * between, and a fence costs as much as a locked instruction.  Where one side comes often
 * and the other rarely, the rare one can pay for both: membarrier(2) makes every processor
 * that runs one of our threads pass a fence.  The frequent side is left with asym_light(),
 * which only keeps the compiler from reordering and costs nothing. */
#ifndef ASYMMETRIC_BARRIER_H
#define ASYMMETRIC_BARRIER_H

#include <stdbool.h>

/* Whether the kernel can do it; where not, asym_heavy() must not be relied on. */
bool asym_start(void);
extern bool asym_works;

static inline void asym_light(void)
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

void asym_heavy(void); /* microseconds */

#endif
