/* SPDX-License-Identifier: MIT */
/* Answers right, and does nothing. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
