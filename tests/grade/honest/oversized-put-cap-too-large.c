/* SPDX-License-Identifier: MIT */
/* Wrong: there is a cap, and it is as large as the largest answer. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    if (b->room <= s->export_bytes)
        pool_put(s->buffers, b);
    else
        buffer_free(b);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
