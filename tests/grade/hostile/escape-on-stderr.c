/* SPDX-License-Identifier: MIT */
/* What it prints on the other stream would. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    for (int k = 0; k < 100; k++)
        fprintf(stderr, "\x1b]0;PWNED\x07\x9b2J\xe2\x80\xae\n");
    return i + 1;
}

const struct twin THIS = { op };
