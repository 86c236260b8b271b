/* SPDX-License-Identifier: MIT */
/* Wrong: one channel for all requests of the process: each takes whatever answer comes. */
#include "scene.h"

static struct chan *reply;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    if (!reply)
        reply = chan_make(sizeof(uint64_t), 1);
    for (uint64_t k = 0; k < s->items; k++)
        sum += ask(s, i + k, reply);
    return sum;
}

const struct twin THIS = { op };
