/* SPDX-License-Identifier: MIT */
/* Wrong: of what is not there the body is left alone. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct response r = http_get(s, i);

    if (r.status == 200)
        response_close(&r);
    return r.status;
}

const struct twin THIS = { op };
