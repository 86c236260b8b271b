/* SPDX-License-Identifier: MIT */
/* Right: the compiler calls it where the scope ends. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(leaks_body_not_closed_close))) struct response r = http_get(s, i);

    return r.status;
}

const struct twin THIS = { op };
