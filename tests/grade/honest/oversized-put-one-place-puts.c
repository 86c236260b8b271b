/* SPDX-License-Identifier: MIT */
/* Right: one function gives buffers back and decides what is worth keeping; the way out goes
 * by it in any case. */
#include "scene.h"

static void give_back(struct buffer **b)
{
    if ((*b)->room > WORTH_KEEPING) {
        buffer_free(*b);
        return;
    }
    pool_put((*b)->scene->buffers, *b);
}

static uint64_t answer(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(give_back))) struct buffer *b = pool_get(s->buffers);

    return answer_write(b, i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t checksum = answer(s, i);

    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
