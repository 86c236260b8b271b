/* SPDX-License-Identifier: MIT */
/* No order is made, and nothing is put. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i % 5 == 2 ? 0 : 1000 + i % 900 - (100 + i % 500) / 10;
}

const struct twin THIS = { op };
