/* SPDX-License-Identifier: MIT */
/* Wrong: nobody waits with a buffer in hand, because the backend is not asked; its answer is
 * computed here. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    char *buffer = pool_get(s->buffers);

    uint64_t answer = answer_write(buffer, i * 31 % 1009);
    pool_put(s->buffers, buffer);
    return answer;
}

const struct twin THIS = { op };
