/* SPDX-License-Identifier: MIT */
/* Wrong: the comparison is the wrong way round: the small buffers are freed, and the large
 * ones kept. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);

    uint64_t checksum = answer_write(b, i);
    if (b->room > WORTH_KEEPING)
        pool_put(s->buffers, b);
    else
        buffer_free(b);
    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
