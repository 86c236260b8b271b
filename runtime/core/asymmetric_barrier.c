/* SPDX-License-Identifier: MIT */
#include "core/asymmetric_barrier.h"

#include "explore/explore.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

bool asym_works;

bool asym_start(void)
{
    asym_works =
        EXPLORING || !syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
    return asym_works;
}

void asym_heavy(void)
{
    if (EXPLORING) /* there is no other thread */
        explore_barrier();
    else
        syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}
