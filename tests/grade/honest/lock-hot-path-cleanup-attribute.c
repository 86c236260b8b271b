/* SPDX-License-Identifier: MIT */
/* Right: the compiler writes the unlock where the braces end; nothing is registered. */
#include "scene.h"

static void unlock_it(struct mutex **m)
{
    mutex_unlock(*m);
}

static void add(struct scene *s, uint64_t v)
{
    __attribute__((cleanup(unlock_it))) struct mutex *m = &s->mutex;

    mutex_lock(m);
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
