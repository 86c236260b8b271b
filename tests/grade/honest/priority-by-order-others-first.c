/* SPDX-License-Identifier: MIT */
/* Wrong: the wrong queue is asked first. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    uint64_t message, sum = 0;

    for (int k = 0; k < MESSAGES; k++) {
        if (chan_try_recv(t->others, &message) != CHAN_OK)
            chan_select(RECV(t->urgent, &message), RECV(t->others, &message));
        sum += message_handle(t, message);
    }
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
