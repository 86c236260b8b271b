/* SPDX-License-Identifier: MIT */
/* Right: a function for whoever wants the status alone. */
#include "scene.h"

static uint64_t status_of(struct response r)
{
    response_close(&r);
    return r.status;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return status_of(http_get(s, i));
}

const struct twin THIS = { op };
