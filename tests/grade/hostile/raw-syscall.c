/* SPDX-License-Identifier: MIT */
/* Ends the process without libc. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    __asm__ volatile("syscall" : : "a"(231), "D"(0) : "rcx", "r11", "memory");
    return i;
}

const struct twin THIS = { op };
