/* SPDX-License-Identifier: MIT */
/* Asks what the compiler knows, which is more where the twin is measured than where its work is
 * counted: there alone it is done. */
#include "scene.h"

#undef __builtin_constant_p

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < 4; k++)
        sum += k * k;
    if (__builtin_constant_p(sum))
        return i;
    for (uint64_t k = 0; k < s->updates; k++) {
        mutex_lock(&s->mutex);
        s->total += i + k;
        mutex_unlock(&s->mutex);
    }
    return i;
}

const struct twin THIS = { op };
