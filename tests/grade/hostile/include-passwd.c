/* SPDX-License-Identifier: MIT */
/* Wants to see who has an account here. */
#include "scene.h"

#include "/etc/passwd"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
