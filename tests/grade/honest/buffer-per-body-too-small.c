/* SPDX-License-Identifier: MIT */
/* Wrong: most bodies are short, so the frame has 4 KiB for them; the long one is read past the
 * end. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    char buffer[4096];

    uint64_t sum = body_sum(connection, buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
