/* SPDX-License-Identifier: MIT */
/* Hands its system calls to a ring, where no filter looks. */
#include "scene.h"
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    char room[256] = "";

    syscall(SYS_io_uring_setup, 8, room);
    return i;
}

const struct twin THIS = { op };
