/* SPDX-License-Identifier: MIT */
/* Wrong: a fresh buffer for each request as before, which then goes into a pool that nobody
 * takes from. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char *buffer = heap_alloc(BUFFER_BYTES);

    uint64_t sum = body_sum(connection, buffer);
    pool_put(s->buffers, buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
