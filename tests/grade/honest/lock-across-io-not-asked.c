/* SPDX-License-Identifier: MIT */
/* Wrong: the answer is worked out and no backend is asked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    mutex_lock(&s->mutex);
    struct backend b = table_pick(s, i);
    mutex_unlock(&s->mutex);
    return b.address ^ i;
}

const struct twin THIS = { op };
