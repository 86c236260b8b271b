/* SPDX-License-Identifier: MIT */
/* A reading always fits: nobody looks. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->reports; k++)
        locked_store(s, device_of(i, k), reading_of(device_of(i, k)));
    return MESSAGES - s->reports;
}

const struct twin THIS = { op };
