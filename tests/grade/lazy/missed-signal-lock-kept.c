/* SPDX-License-Identifier: MIT */
/* Each answer's lock is kept: nobody else comes for it any more. */
#include "scene.h"

static uint64_t wait_for(struct answer *a)
{
    mutex_lock(&a->mutex);
    while (!a->is_there)
        cond_wait(&a->came, &a->mutex);
    uint64_t value = a->value;
    return value;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query q;

    query_send(&q, s, i);
    uint64_t price = wait_for(&q.price);
    uint64_t stock = wait_for(&q.stock);
    query_end(&q);
    return price * stock;
}

const struct twin THIS = { op };
