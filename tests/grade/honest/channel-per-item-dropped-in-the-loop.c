/* SPDX-License-Identifier: MIT */
/* Wrong: made before the loop, and still dropped inside it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *reply = chan_make(sizeof(uint64_t), 1);
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->items; k++) {
        sum += ask(s, i + k, reply);
        chan_drop(reply);
    }
    return sum;
}

const struct twin THIS = { op };
