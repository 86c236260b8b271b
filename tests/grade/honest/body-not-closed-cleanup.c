/* SPDX-License-Identifier: MIT */
/* Right: a cleanup closes. */
#include "scene.h"
#include "defer.h"

static void over(void *r)
{
    response_close(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct response r = http_get(s, i);

    defer(over, &r);
    return r.status;
}

const struct twin THIS = { op };
