/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is pooled, and the line that closes the connection got lost. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char *buffer = pool_get(s->buffers);

    uint64_t sum = body_sum(connection, buffer);
    pool_put(s->buffers, buffer);
    return sum;
}

const struct twin THIS = { op };
