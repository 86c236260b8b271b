/* SPDX-License-Identifier: MIT */
/* Right: a wait group remembers. Once the connection is done both answers are there. */
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
    query_end(&q);
    uint64_t price = wait_for(&q.price);
    uint64_t stock = wait_for(&q.stock);
    return price * stock;
}

const struct twin THIS = { op };
