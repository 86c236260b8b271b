/* SPDX-License-Identifier: MIT */
/* Writes over its own code through /proc. */
#include "scene.h"
#include <fcntl.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    int fd = open("/proc/self/mem", O_RDWR);

    if (fd < 0)
        return 0;
    pwrite(fd, &fd, 4, (off_t)(uintptr_t)op);
    return i;
}

const struct twin THIS = { op };
