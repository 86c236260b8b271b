/* SPDX-License-Identifier: MIT */
/* Wrong: the cleanup is gone, and so is the leaving: each step is deeper in than the one
 * before. */
#include "scene.h"

static void step(struct walk *w, uint64_t i)
{
    walk_enter(w);
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
