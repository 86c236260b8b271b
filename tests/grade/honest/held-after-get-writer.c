/* SPDX-License-Identifier: MIT */
/* Right: a function has the buffer for as long as it writes, and it cannot wait. */
#include "scene.h"

static uint64_t write_reply(struct pool *buffers, uint64_t reply)
{
    char *buffer = pool_get(buffers);
    uint64_t answer = answer_write(buffer, reply);

    pool_put(buffers, buffer);
    return answer;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return write_reply(s->buffers, backend_ask(i));
}

const struct twin THIS = { op };
