/* SPDX-License-Identifier: MIT */
/* Wrong: one place in the buffer, so that every second value still costs a switch. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *values = chan_make(sizeof(uint64_t), 1);
    struct adder a;

    adder_start(&a, values);
    for (uint64_t k = 0; k < s->values; k++) {
        uint64_t v = i ^ k;
        chan_send(values, &v);
    }
    return adder_total(&a);
}

const struct twin THIS = { op };
