/* SPDX-License-Identifier: MIT */
/* Wrong: in the order in which the answers come; but the second comes before anybody waits for
 * it. */
#include "scene.h"

static uint64_t wait_for(struct answer *a)
{
    mutex_lock(&a->mutex);
    cond_wait(&a->came, &a->mutex);
    uint64_t value = a->value;
    mutex_unlock(&a->mutex);
    return value;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query q;

    query_send(&q, s, i);
    uint64_t stock = wait_for(&q.stock);
    uint64_t price = wait_for(&q.price);
    query_end(&q);
    return price * stock;
}

const struct twin THIS = { op };
