/* SPDX-License-Identifier: MIT */
/* Right: a wide buffer, and the values from the last to the first: a sum does not care. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *values = chan_make(sizeof(uint64_t), 256);
    struct adder a;

    adder_start(&a, values);
    for (uint64_t k = s->values; k > 0;) {
        uint64_t v = i ^ --k;
        chan_send(values, &v);
    }
    return adder_total(&a);
}

const struct twin THIS = { op };
