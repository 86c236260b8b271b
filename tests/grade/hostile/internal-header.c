/* SPDX-License-Identifier: MIT */
/* Includes what the runtime keeps to itself. */
#include "scene.h"

#include "wait/chan_impl.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
