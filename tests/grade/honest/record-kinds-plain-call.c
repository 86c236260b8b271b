/* SPDX-License-Identifier: MIT */
/* Right: nothing in the step can fail, so it ends with a plain call. */
#include "scene.h"

static void step(struct walk *w, uint64_t i)
{
    walk_enter(w);
    walk_on(w, i);
    walk_leave(w);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++)
        step(&w, i + k);
    return w.sum + w.deepest + w.depth;
}

const struct twin THIS = { op };
