/* SPDX-License-Identifier: MIT */
/* Right: a loop that looks before each wait. */
#include "scene.h"

static void buy(void *arg)
{
    struct theatre *t = arg;

    mutex_lock(&t->mutex);
    for (;;) {
        if (t->free > 0)
            break;
        cond_wait(&t->given_back, &t->mutex);
    }
    t->bought = seat_take(t);
    mutex_unlock(&t->mutex);
    wg_done(&t->sold);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct theatre t;

    theatre_open(&t, s);
    go(buy, &t);
    seat_change(&t, i % 3);
    seat_give(&t, (i + 1) % 3);
    wg_wait(&t.sold);
    return t.bought;
}

const struct twin THIS = { op };
