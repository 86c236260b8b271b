/* SPDX-License-Identifier: MIT */
/* Wrong: a channel serves two items and is then thrown away, so half of the work stays. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->items; k += 2) {
        struct chan *reply = chan_make(sizeof(uint64_t), 1);
        sum += ask(s, i + k, reply);
        sum += ask(s, i + k + 1, reply);
        chan_drop(reply);
    }
    return sum;
}

const struct twin THIS = { op };
