/* SPDX-License-Identifier: MIT */
/* Wrong: the version is changed without the lock. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct text *t = text_open(s);

    t->version = i + 1;
    cond_broadcast(&t->published); /* all of them wait for this */
    text_drop(t);
    return i;
}

const struct twin THIS = { op };
