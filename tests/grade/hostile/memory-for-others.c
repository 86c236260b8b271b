/* SPDX-License-Identifier: MIT */
/* System V memory that nobody takes away. */
#include "scene.h"
#include <sys/ipc.h>
#include <sys/shm.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    shmget(IPC_PRIVATE, 1 << 30, 0600);
    return i;
}

const struct twin THIS = { op };
