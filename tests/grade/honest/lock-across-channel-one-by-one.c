/* SPDX-License-Identifier: MIT */
/* Right: each article is taken off and told by itself, and the lock is held for the first of
 * the two only. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = order_read(i);

    for (int k = 0; k < LINES; k++) {
        mutex_lock(&s->mutex);
        s->stock[o.articles[k]]--;
        mutex_unlock(&s->mutex);
        chan_send(s->changed, &o.articles[k]);
    }
    return o.cents;
}

const struct twin THIS = { op };
