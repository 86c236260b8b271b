/* SPDX-License-Identifier: MIT */
/* Wrong: without the lock it is fast, and updates get lost where two workers add. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
