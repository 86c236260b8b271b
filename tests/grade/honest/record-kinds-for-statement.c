/* SPDX-License-Identifier: MIT */
/* Right: entering and leaving are the ends of a for statement with one turn. */
#include "scene.h"

#define INSIDE(w) for (bool in_ = (walk_enter(w), true); in_; in_ = (walk_leave(w), false))

static void step(struct walk *w, uint64_t i)
{
    INSIDE(w)
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
