/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer says that it is small again, but its memory has not become smaller. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    if (b->room > WORTH_KEEPING)
        b->room = USUAL_BYTES;
    pool_put(s->buffers, b);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
