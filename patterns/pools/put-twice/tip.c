/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "task.h"

static void *new_order(void *arg)
{
    struct scene *s = arg;
    struct order *o = calloc(1, sizeof *o);
    struct made *m = malloc(sizeof *m);

    if (!o || !m)
        panic("new_order: out of memory");
    *m = (struct made){ o, __atomic_load_n(&s->made, __ATOMIC_RELAXED) };
    while (!__atomic_compare_exchange_n(&s->made, &m->next, m, true, __ATOMIC_RELEASE,
                                        __ATOMIC_RELAXED))
        ;
    return o;
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->orders = pool_make(new_order, s, NULL);
}

static void tear_down(struct scene *s)
{
    pool_free(s->orders);
    while (s->made) {
        struct made *m = s->made;
        s->made = m->next;
        free(m->order);
        free(m);
    }
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "messages, every fifth of which is no order",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "two that get an object get the same one, and each writes over the other's" },
    },
    .aged = {
        { .what = "an object that was put twice is handed out twice",
          .probe = "put-twice-got-twice" },
        { .what = "and what comes of it is wrong",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
