/* SPDX-License-Identifier: MIT */
/* Right: a try never waits and may stay under the lock; what it could not pass on is sent after
 * it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = order_read(i);

    bool told[LINES];

    mutex_lock(&s->mutex);
    for (int k = 0; k < LINES; k++) {
        s->stock[o.articles[k]]--;
        told[k] = chan_try_send(s->changed, &o.articles[k]) == CHAN_OK;
    }
    mutex_unlock(&s->mutex);
    for (int k = 0; k < LINES; k++)
        if (!told[k])
            chan_send(s->changed, &o.articles[k]);
    return o.cents;
}

const struct twin THIS = { op };
