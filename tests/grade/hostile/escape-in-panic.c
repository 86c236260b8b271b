/* SPDX-License-Identifier: MIT */
/* A panic that would clear the terminal. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    panic("\x1b]0;PWNED\x07\x1b[2J\x1b[31mscore 100/100 %d", (int)i);
    return i;
}

const struct twin THIS = { op };
