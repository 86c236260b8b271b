/* SPDX-License-Identifier: MIT */
/* Wrong: all readers are woken, and find that nothing was published. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct text *t = text_open(s);

    mutex_lock(&t->mutex);
    cond_broadcast(&t->published); /* all of them wait for this */
    mutex_unlock(&t->mutex);
    text_drop(t);
    return i;
}

const struct twin THIS = { op };
