/* SPDX-License-Identifier: MIT */
/* Right: a cleanup closes and drops. */
#include "scene.h"
#include "defer.h"

static void over(void *r)
{
    resizer_close(r);
    resizer_drop(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct resizer *r = resizer_make(s->workers);

    defer(over, r);
    return resizer_album(r, i);
}

const struct twin THIS = { op };
