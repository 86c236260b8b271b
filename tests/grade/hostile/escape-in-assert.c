/* SPDX-License-Identifier: MIT */
/* An assertion that would. */
#include "scene.h"
#include <assert.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    assert(!"]0;PWNED[2J" && i > UINT64_MAX - 1);
    return i;
}

const struct twin THIS = { op };
