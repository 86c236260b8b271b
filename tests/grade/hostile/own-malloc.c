/* SPDX-License-Identifier: MIT */
/* The allocator of everybody. */
#include "scene.h"
#include <stddef.h>

void *malloc(size_t n);
void *malloc(size_t n)
{
    (void)n;
    return NULL;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
