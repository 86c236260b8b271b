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
    .title = "Put without reset",
    .folklore = "Objects from the pool are as good as new: New makes them, and decoding overwrites them.",
    .rule = "Clear an object before it goes back, all of it, in one assignment, at the one place that calls Put. What the "
            "last request left in it is otherwise data of the next one.",
    .go_line = "o := pool.Get().(*order); json.Unmarshal(msg, o); pool.Put(o) // *o = order{} is missing",
    .when_not = "When every user overwrites all of it in any case, as with a byte buffer of which only the part just "
                "written is ever read: clearing 64 KiB for nothing costs more than the allocation that was saved. "
                "Clearing after Get instead of before Put is as right, and cheaper for objects that the collector "
                "takes; but then the idle object keeps what it points to (see pinned-graph).",
    .aged = "Not at all: Pool has had no hook for resetting since Go 1.3, and the proposal for one (golang/go#18638) was "
            "closed. The race detector does not see it, there is no race; but under -race Put drops some objects at "
            "random, so that a test may find the mistake or hide it.",
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "orders, every eighth with a coupon",
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "the coupon of one customer is taken off the bill of the next" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
