/* SPDX-License-Identifier: MIT */
/* Wrong: the channel is kept, and an item is asked twice with one answer taken: the second
 * answer is given to the next item. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *reply = chan_make(sizeof(uint64_t), 2);
    struct question first = { i, reply };
    uint64_t sum = 0;

    chan_send(s->questions, &first);
    for (uint64_t k = 0; k < s->items; k++)
        sum += ask(s, i + k, reply);
    chan_recv(reply, NULL);
    chan_drop(reply);
    return sum;
}

const struct twin THIS = { op };
