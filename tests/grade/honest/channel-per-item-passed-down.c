/* SPDX-License-Identifier: MIT */
/* Right: the channel is made by the request and handed to a helper that asks. */
#include "scene.h"

static uint64_t ask_all(struct scene *s, uint64_t from, struct chan *reply)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->items; k++)
        sum += ask(s, from + k, reply);
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *reply = chan_make(sizeof(uint64_t), 1);
    uint64_t sum = ask_all(s, i, reply);

    chan_drop(reply);
    return sum;
}

const struct twin THIS = { op };
