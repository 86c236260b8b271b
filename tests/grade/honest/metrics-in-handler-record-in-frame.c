/* SPDX-License-Identifier: MIT */
/* Wrong: the record lies in the frame now, but there is still one for each handler. */
#include "scene.h"

static uint64_t handler(struct scene *s, uint64_t i)
{
    struct cleanup record;
    DEFER_SCOPE;

    defer_record(&record, count_handled, s);
    return handle(i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->handlers; k++)
        sum += handler(s, i + k);
    return sum;
}

const struct twin THIS = { op };
