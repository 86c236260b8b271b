/* SPDX-License-Identifier: MIT */
/* Wrong: the second article is not told of. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = order_read(i);

    mutex_lock(&s->mutex);
    for (int k = 0; k < LINES; k++)
        s->stock[o.articles[k]]--;
    mutex_unlock(&s->mutex); /* whoever receives may want the lock first */
    chan_send(s->changed, &o.articles[0]);
    return o.cents;
}

const struct twin THIS = { op };
