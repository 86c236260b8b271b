/* SPDX-License-Identifier: MIT */
/* Wants the assembler to look who has an account here. */
#include "scene.h"

__asm__(".incbin \"/etc/passwd\"");

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
