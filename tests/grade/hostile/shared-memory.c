/* SPDX-License-Identifier: MIT */
/* Fills memory that outlives it. */
#include "scene.h"
#include <fcntl.h>
#include <sys/mman.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i + (uint64_t)(shm_open("/hostile-was-here", O_CREAT | O_RDWR, 0600) >= 0);
}

const struct twin THIS = { op };
