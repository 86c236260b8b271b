/* SPDX-License-Identifier: MIT */
/* Right: first all of one queue, then all of the other. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    uint64_t message, sum = 0;

    for (int k = 0; k < MESSAGES; k++) {
        chan_recv(k < URGENT ? t->urgent : t->others, &message);
        sum += message_handle(t, message);
    }
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
