/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    struct resizer *r = resizer_make(s->workers);

    uint64_t bytes = resizer_album(r, i);
    resizer_drop(r);
    return bytes;
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    struct resizer *r = resizer_make(s->workers);

    uint64_t bytes = resizer_album(r, i);
    resizer_close(r);
    resizer_drop(r);
    return bytes;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
