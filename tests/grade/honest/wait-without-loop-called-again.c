/* SPDX-License-Identifier: MIT */
/* Right: who was woken begins anew. */
#include "scene.h"

/* Under the lock. */
static uint64_t take(struct theatre *t)
{
    if (t->free > 0)
        return seat_take(t);
    cond_wait(&t->given_back, &t->mutex);
    return take(t);
}

static void buy(void *arg)
{
    struct theatre *t = arg;

    mutex_lock(&t->mutex);
    t->bought = take(t);
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
