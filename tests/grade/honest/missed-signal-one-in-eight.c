/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_wait_for(struct answer *a)
{
    mutex_lock(&a->mutex);
    cond_wait(&a->came, &a->mutex);
    uint64_t value = a->value;
    mutex_unlock(&a->mutex);
    return value;
}

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    struct query q;

    query_send(&q, s, i);
    uint64_t price = as_bad_wait_for(&q.price);
    uint64_t stock = as_bad_wait_for(&q.stock);
    query_end(&q);
    return price * stock;
}

static uint64_t as_good_wait_for(struct answer *a)
{
    mutex_lock(&a->mutex);
    while (!a->is_there)
        cond_wait(&a->came, &a->mutex);
    uint64_t value = a->value;
    mutex_unlock(&a->mutex);
    return value;
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    struct query q;

    query_send(&q, s, i);
    uint64_t price = as_good_wait_for(&q.price);
    uint64_t stock = as_good_wait_for(&q.stock);
    query_end(&q);
    return price * stock;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
