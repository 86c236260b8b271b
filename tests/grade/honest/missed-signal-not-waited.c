/* SPDX-License-Identifier: MIT */
/* Wrong: nobody waits for the answer. */
#include "scene.h"

static uint64_t wait_for(struct answer *a)
{
    mutex_lock(&a->mutex);
    uint64_t value = a->value;
    mutex_unlock(&a->mutex);
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
