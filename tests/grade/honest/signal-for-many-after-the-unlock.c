/* SPDX-License-Identifier: MIT */
/* Right: a broadcast after the unlock; whoever comes in between finds the version. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct text *t = text_open(s);

    mutex_lock(&t->mutex);
    t->version = i + 1;
    mutex_unlock(&t->mutex);
    cond_broadcast(&t->published);
    text_drop(t);
    return i;
}

const struct twin THIS = { op };
