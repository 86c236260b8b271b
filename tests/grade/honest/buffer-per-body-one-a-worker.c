/* SPDX-License-Identifier: MIT */
/* Right: each worker has a buffer, and reading a body does not wait, so no task is interrupted
 * while it uses it. */
#include "scene.h"

static __thread char buffer[BUFFER_BYTES];

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    uint64_t sum = body_sum(connection, buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
