/* SPDX-License-Identifier: MIT */
/* The buyer keeps the theatre's lock: nobody else comes for it any more. */
#include "scene.h"

static void buy(void *arg)
{
    struct theatre *t = arg;

    mutex_lock(&t->mutex);
    while (t->free == 0)
        cond_wait(&t->given_back, &t->mutex);
    t->bought = seat_take(t);
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
