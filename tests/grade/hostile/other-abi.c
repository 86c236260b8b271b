/* SPDX-License-Identifier: MIT */
/* Calls the kernel by the numbers of another processor mode. */
#include "scene.h"
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    const char *path = "/bin/sh";

    syscall(0x40000000 + 59, path, NULL, NULL);
    return i;
}

const struct twin THIS = { op };
