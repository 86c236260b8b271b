/* SPDX-License-Identifier: MIT */
/* Right: a buffer that has grown is made small again before it goes back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    if (b->room > WORTH_KEEPING)
        buffer_grow(b, USUAL_BYTES);
    pool_put(s->buffers, b);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
