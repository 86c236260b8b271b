/* SPDX-License-Identifier: MIT */
/* Right: the compiler writes the call; that a panic would skip it does not matter here. */
#include "scene.h"

static void leave(struct walk **w)
{
    walk_leave(*w);
}

static void step(struct walk *w, uint64_t i)
{
    __attribute__((cleanup(leave))) struct walk *inside = w;

    walk_enter(inside);
    walk_on(inside, i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++)
        step(&w, i + k);
    return w.sum + w.deepest + w.depth;
}

const struct twin THIS = { op };
