/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is given back at both ends of the wait, and two requests get it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    char *buffer = pool_get(s->buffers);

    pool_put(s->buffers, buffer);
    uint64_t reply = backend_ask(i);
    uint64_t answer = answer_write(buffer, reply);
    pool_put(s->buffers, buffer);
    return answer;
}

const struct twin THIS = { op };
