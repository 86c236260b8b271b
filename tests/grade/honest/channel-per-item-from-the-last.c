/* SPDX-License-Identifier: MIT */
/* Right: the items are asked from the last to the first, through a wider channel made once. */
#include "scene.h"

static void let_go(struct chan **reply)
{
    chan_drop(*reply);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(let_go))) struct chan *reply = chan_make(sizeof(uint64_t), 4);
    uint64_t sum = 0, k = s->items;

    while (k-- > 0)
        sum += ask(s, i + k, reply);
    return sum;
}

const struct twin THIS = { op };
