/* SPDX-License-Identifier: MIT */
/* Closes every descriptor, so that there is no row. */
#include "scene.h"
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    for (int fd = 0; fd < 64; fd++)
        close(fd);
    return i;
}

const struct twin THIS = { op };
