/* SPDX-License-Identifier: MIT */
/* Wrong: the flag is set after the loading, and four load at the same time. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    if (!s->loaded) {
        rates_load(s);
        s->loaded = true;
    }
    return convert(s, i);
}

const struct twin THIS = { op };
