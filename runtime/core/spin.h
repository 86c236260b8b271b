/* SPDX-License-Identifier: MIT */
/* spin.h - waiting for another worker without giving the processor away, or hardly. */
#ifndef SPIN_H
#define SPIN_H

#include "core/switch.h"
#include "explore/explore.h"

#include <sched.h>

/* Before the n-th look, from 1.  Whoever is waited for may have lost its processor. */
static inline void spin_pause(int n)
{
    explore_spin();
    if (n % 64)
        cpu_relax();
    else
        sched_yield();
}

#endif
