/* SPDX-License-Identifier: MIT */
/* asym.h - an order between two threads that only one of them pays for.
 *
 * Each of the two announces itself, then looks for the other: at least one must see the
 * other.  Processors may do the look before the announcement, unless a fence stands
 * between; a fence on both sides costs as much as a locked instruction.  If one side
 * comes often and the other seldom, the seldom one can do both fences: membarrier(2)
 * makes every processor that runs one of our threads pass one.  The often side is left
 * with asym_light(), which holds back the compiler and costs nothing. */
#ifndef ASYM_H
#define ASYM_H

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
