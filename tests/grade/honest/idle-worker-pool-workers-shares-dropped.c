/* SPDX-License-Identifier: MIT */
/* Wrong: what the workers hold is not the owner's to drop. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct resizer *r = resizer_make(s->workers);

    uint64_t bytes = resizer_album(r, i);
    for (uint64_t k = 0; k <= s->workers; k++)
        resizer_drop(r);
    return bytes;
}

const struct twin THIS = { op };
