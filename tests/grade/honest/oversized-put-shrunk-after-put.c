/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is made small when it has been put back, and may be in use by somebody
 * else. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    pool_put(s->buffers, b);
    if (b->room > WORTH_KEEPING)
        buffer_grow(b, USUAL_BYTES);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
