/* SPDX-License-Identifier: MIT */
/* Right: the buffer goes back to the pool where the braces end, by a cleanup attribute. */
#include "scene.h"

struct lent {
    struct pool *pool;
    void *buffer;
};

static void give_back(struct lent *l)
{
    pool_put(l->pool, l->buffer);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    int connection = request_arrive(s, i);
    __attribute__((cleanup(give_back))) struct lent l = { s->buffers, pool_get(s->buffers) };

    uint64_t sum = body_sum(connection, l.buffer);
    close(connection);
    return sum;
}

const struct twin THIS = { op };
