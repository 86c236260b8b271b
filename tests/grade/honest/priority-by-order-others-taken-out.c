/* SPDX-License-Identifier: MIT */
/* Right: as long as something is urgent the others have no case. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    uint64_t message, sum = 0;

    for (int k = 0; k < MESSAGES; k++) {
        struct chan *others = chan_len(t->urgent) > 0 ? NULL : t->others;
        chan_select(RECV(t->urgent, &message), RECV(others, &message));
        sum += message_handle(t, message);
    }
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
