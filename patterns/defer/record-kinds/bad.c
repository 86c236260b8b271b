#include "scene.h"

static void step(struct walk *w, uint64_t i)
{
    DEFER_SCOPE;

    walk_enter(w);
    defer(walk_leave, w); /* a record: taken, filled in, linked, found again */
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
