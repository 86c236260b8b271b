/* SPDX-License-Identifier: MIT */
/* Wrong: the record is not on the heap any more, but it is a record, linked and found again. */
#include "scene.h"

static void step(struct walk *w, uint64_t i)
{
    struct cleanup record;
    DEFER_SCOPE;

    walk_enter(w);
    defer_record(&record, walk_leave, w);
    walk_on(w, i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++)
        step(&w, i + k);
    return w.sum + w.deepest + w.depth;
}

const struct twin THIS = { op };
