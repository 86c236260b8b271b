/* SPDX-License-Identifier: MIT */
/* Wrong: nothing misses, because the buffers come from malloc; each of them then goes into the
 * pool, which grows with every request. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t reply = backend_ask(i);
    char *buffer = malloc(BUFFER_BYTES);

    if (!buffer)
        panic("no memory for a buffer");
    uint64_t answer = answer_write(buffer, reply);
    pool_put(s->buffers, buffer);
    return answer;
}

const struct twin THIS = { op };
