/* SPDX-License-Identifier: MIT */
/* Nobody to wait for. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t passed = 0;

    (void)s;
    for (uint64_t k = 0; k < VALIDATORS; k++)
        passed += (i + k) % 3 != 0;
    return passed;
}

const struct twin THIS = { op };
