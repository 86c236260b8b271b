/* SPDX-License-Identifier: MIT */
/* Wrong: the sender drops the channel when it has sent all, and adder_total() does it, too. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *values = chan_make(sizeof(uint64_t), 64);
    struct adder a;

    adder_start(&a, values);
    for (uint64_t k = 0; k < s->values; k++) {
        uint64_t v = i ^ k;
        chan_send(values, &v);
    }
    chan_drop(values);
    return adder_total(&a);
}

const struct twin THIS = { op };
