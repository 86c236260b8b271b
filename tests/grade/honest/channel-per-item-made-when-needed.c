/* SPDX-License-Identifier: MIT */
/* Right: the channel is made with the first item and kept until the last. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *reply = NULL;
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->items; k++) {
        if (!reply)
            reply = chan_make(sizeof(uint64_t), 1);
        sum += ask(s, i + k, reply);
    }
    chan_drop(reply);
    return sum;
}

const struct twin THIS = { op };
