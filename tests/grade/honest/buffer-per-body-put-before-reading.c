/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is put back before the body is read into it; somebody else may have it by
 * then. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char *buffer = pool_get(s->buffers);

    pool_put(s->buffers, buffer);
    uint64_t sum = body_sum(connection, buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
