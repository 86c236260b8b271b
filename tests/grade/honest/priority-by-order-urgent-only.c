/* SPDX-License-Identifier: MIT */
/* Wrong: the others are not handled. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    uint64_t message, sum = 0;

    for (int k = 0; k < URGENT; k++) {
        chan_recv(t->urgent, &message);
        sum += message_handle(t, message);
    }
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
