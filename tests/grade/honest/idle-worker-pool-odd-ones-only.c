/* SPDX-License-Identifier: MIT */
/* Wrong: every other pool is left open. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct resizer *r = resizer_make(s->workers);

    uint64_t bytes = resizer_album(r, i);
    if (i % 2 == 1)
        resizer_close(r);
    resizer_drop(r);
    return bytes;
}

const struct twin THIS = { op };
