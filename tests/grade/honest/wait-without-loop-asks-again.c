/* SPDX-License-Identifier: MIT */
/* Right: the condition is asked for again and again under the lock; it costs more, and is never
 * wrong. */
#include "scene.h"

static void buy(void *arg)
{
    struct theatre *t = arg;

    mutex_lock(&t->mutex);
    while (t->free == 0) {
        mutex_unlock(&t->mutex);
        task_yield();
        mutex_lock(&t->mutex);
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
