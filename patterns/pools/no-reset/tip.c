/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "task.h"

static void *new_order(void *unused)
{
    struct order *o = calloc(1, sizeof *o);

    (void)unused;
    if (!o)
        panic("new_order: out of memory");
    return o;
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->orders = pool_make(new_order, NULL, free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->orders);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "orders, every eighth with a coupon",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "the coupon of one customer is taken off the bill of the next" },
    },
    .aged = {
        { .what = "an object comes out of the pool as it went in",
          .probe = "pool-keeps-dirt" },
        { .what = "the next user sees the last one's data",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
