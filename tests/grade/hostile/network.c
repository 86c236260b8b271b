/* SPDX-License-Identifier: MIT */
/* Tells somebody outside. */
#include "scene.h"
#include <sys/socket.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i + (uint64_t)(socket(AF_INET, SOCK_DGRAM, 0) < 0);
}

const struct twin THIS = { op };
