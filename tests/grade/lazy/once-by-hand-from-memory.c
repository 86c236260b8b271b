/* SPDX-License-Identifier: MIT */
/* The rates follow a rule: no file is read. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return (1000 + i) * (100 + 7 * (i % RATES)) / 100;
}

const struct twin THIS = { op };
