/* SPDX-License-Identifier: MIT */
/* Right: a function inside of the buyer's says whether there is a seat, and a
 * jump asks it again. */
#include "scene.h"

static void buy(void *arg)
{
    struct theatre *t = arg;
    bool there_is_one(void)
    {
        return t->free > 0;
    }

    mutex_lock(&t->mutex);
again:
    if (!there_is_one()) {
        cond_wait(&t->given_back, &t->mutex);
        goto again;
    }
    t->bought = seat_take(t);
    mutex_unlock(&t->mutex);
    wg_done(&t->sold);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct theatre *t = &(struct theatre){ 0 };

    theatre_open(t, s);
    go(buy, t);
    seat_change(t, i % 3);
    seat_give(t, (i + 1) % 3);
    wg_wait(&t->sold);
    return t->bought;
}

const struct twin THIS = { op };
