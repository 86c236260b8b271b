/* SPDX-License-Identifier: MIT */
/* Wrong: one way out of the section does not give the lock back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = order_read(i);

    mutex_lock(&s->mutex);
    for (int k = 0; k < LINES; k++)
        s->stock[o.articles[k]]--;
    if (i % 8 != 7)
        mutex_unlock(&s->mutex);
    for (int k = 0; k < LINES; k++)
        chan_send(s->changed, &o.articles[k]);
    return o.cents;
}

const struct twin THIS = { op };
