/* SPDX-License-Identifier: MIT */
/* Calls the kernel by the old gate. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    __asm__ volatile("int $0x80" ::"a"(2));
    return i;
}

const struct twin THIS = { op };
