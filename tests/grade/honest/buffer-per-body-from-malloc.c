/* SPDX-License-Identifier: MIT */
/* Right: the buffer comes from malloc, which hands out the one that was freed last; the
 * collector does not hear of it. */
#include "scene.h"
#include "task.h"
#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char *buffer = malloc(BUFFER_BYTES);

    if (!buffer)
        panic("no memory for a buffer");
    uint64_t sum = body_sum(connection, buffer);
    free(buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
