/* SPDX-License-Identifier: MIT */
/* Wrong: the depth is always one, says the author, and writes the one down; no step is entered
 * or left. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++)
        walk_on(&w, i + k);
    return w.sum + 1;
}

const struct twin THIS = { op };
