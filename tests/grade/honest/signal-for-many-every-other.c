/* SPDX-License-Identifier: MIT */
/* Wrong: every other text is told to one reader only. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct text *t = text_open(s);

    mutex_lock(&t->mutex);
    t->version = i + 1;
    if (i % 2)
        cond_broadcast(&t->published);
    else
        cond_signal(&t->published);
    mutex_unlock(&t->mutex);
    text_drop(t);
    return i;
}

const struct twin THIS = { op };
