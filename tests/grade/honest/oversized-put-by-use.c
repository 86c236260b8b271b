/* SPDX-License-Identifier: MIT */
/* Right: what counts is not a fixed size: a buffer goes back if it is no larger than four
 * usual answers. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    bool usual = b->room / USUAL_BYTES <= 4;

    usual ? pool_put(s->buffers, b) : buffer_free(b);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
