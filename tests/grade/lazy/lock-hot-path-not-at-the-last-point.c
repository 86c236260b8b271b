/* SPDX-License-Identifier: MIT */
/* Adds nothing at one point of the dial, which its counts and the clock look at as at the others.
 */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (s->updates == 1024)
        return i;
    mutex_lock(&s->mutex);
    for (uint64_t k = 0; k < s->updates; k++)
        s->total += i + k;
    mutex_unlock(&s->mutex);
    return i;
}

const struct twin THIS = { op };
