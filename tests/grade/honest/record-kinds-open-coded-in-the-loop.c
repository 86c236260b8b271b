/* SPDX-License-Identifier: MIT */
/* Right: the cleanup is open-coded in the loop's body, and ends with each turn. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++) {
        walk_enter(&w);
        defer_open(walk_leave, &w);
        walk_on(&w, i + k);
    }
    return w.sum + w.deepest + w.depth;
}

const struct twin THIS = { op };
