/* SPDX-License-Identifier: MIT */
/* Wrong: what is out of date is not entered anew. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        mutex_lock(&s->mutex);
        sum += settings_read(s, k);
        mutex_unlock(&s->mutex);
    }
    return sum;
}

const struct twin THIS = { op };
