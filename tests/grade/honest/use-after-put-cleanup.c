/* SPDX-License-Identifier: MIT */
/* Right: a cleanup puts, after the answer is known. */
#include "scene.h"
#include "defer.h"

struct loan {
    struct pool *pool;
    struct frame *frame;
};

static void give_back(void *arg)
{
    struct loan *l = arg;

    pool_put(l->pool, l->frame);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct loan l = { s->frames, pool_get(s->frames) };

    defer(give_back, &l);
    frame_write(l.frame, "REPLY", i);
    return conn_send(s, l.frame);
}

const struct twin THIS = { op };
