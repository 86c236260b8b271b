/* SPDX-License-Identifier: MIT */
/* Wrong: the connection is given back with its body in it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct response r = http_get(s, i);

    r.unread = 0;
    response_close(&r);
    return r.status;
}

const struct twin THIS = { op };
