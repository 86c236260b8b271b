/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer comes from the pool and never goes back, so each Get makes a new one. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char *buffer = pool_get(s->buffers);

    uint64_t sum = body_sum(connection, buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
