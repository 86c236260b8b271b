/* SPDX-License-Identifier: MIT */
/* One call of the scene's, so that there is one. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct check c = { .document = i };

    (void)s;
    check_by(&c, 0);
    for (uint64_t k = 0; k < VALIDATORS; k++)
        c.passed += (i + k) % 3 != 0;
    return c.passed;
}

const struct twin THIS = { op };
