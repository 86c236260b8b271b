/* SPDX-License-Identifier: MIT */
/* Wrong: the same list without its lock; two workers take the same scratch. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++) {
        struct scratch *w = s->list.first;
        if (w)
            s->list.first = w->next;
        else
            w = scratch_make();
        sum += look_up(w, i + k);
        w->next = s->list.first;
        s->list.first = w;
    }
    return sum;
}

const struct twin THIS = { op };
