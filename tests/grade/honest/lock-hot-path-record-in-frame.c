/* SPDX-License-Identifier: MIT */
/* Wrong: the record lies in the frame now and is cheaper, but there is still one for each
 * update. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    struct cleanup record;
    DEFER_SCOPE;

    mutex_lock(&s->mutex);
    defer_record(&record, unlock, &s->mutex);
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
