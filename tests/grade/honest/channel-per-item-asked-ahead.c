/* SPDX-License-Identifier: MIT */
/* Right: the next question is put before the last answer is taken; one channel has room for
 * both, and a sum does not care for the order. */
#include "scene.h"

static void put(struct scene *s, uint64_t number, struct chan *reply)
{
    struct question q = { number, reply };

    chan_send(s->questions, &q);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *replies = chan_make(sizeof(uint64_t), 2);
    uint64_t sum = 0, square;

    for (uint64_t k = 0; k < s->items; k++) {
        put(s, i + k, replies);
        if (k > 0) {
            chan_recv(replies, &square);
            sum += square;
        }
    }
    if (s->items > 0) {
        chan_recv(replies, &square);
        sum += square;
    }
    chan_drop(replies);
    return sum;
}

const struct twin THIS = { op };
