/* SPDX-License-Identifier: MIT */
/* Right: the status is looked at before the close. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct response r = http_get(s, i);

    uint64_t status = r.status;
    response_close(&r);
    return status;
}

const struct twin THIS = { op };
