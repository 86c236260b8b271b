/* SPDX-License-Identifier: MIT */
/* Wrong: the urgent ones come first in every other turn of the loop. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    uint64_t message, sum = 0;

    for (int k = 0; k < MESSAGES; k++) {
        if (k % 2 == 1 || chan_try_recv(t->urgent, &message) != CHAN_OK)
            chan_select(RECV(t->urgent, &message), RECV(t->others, &message));
        sum += message_handle(t, message);
    }
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
