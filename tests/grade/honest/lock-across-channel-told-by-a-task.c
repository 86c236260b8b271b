/* SPDX-License-Identifier: MIT */
/* Right: a task of its own tells of the changes. It is started under the lock, but that does
 * not wait. */
#include "scene.h"

struct news {
    struct scene *s;
    struct order o;
    struct waitgroup told;
};

static void tell(void *arg)
{
    struct news *n = arg;

    for (int k = 0; k < LINES; k++)
        chan_send(n->s->changed, &n->o.articles[k]);
    wg_done(&n->told);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct news n = { .s = s, .o = order_read(i) };

    wg_add(&n.told, 1);
    mutex_lock(&s->mutex);
    for (int k = 0; k < LINES; k++)
        s->stock[n.o.articles[k]]--;
    go(tell, &n);
    mutex_unlock(&s->mutex);
    wg_wait(&n.told);
    return n.o.cents;
}

const struct twin THIS = { op };
