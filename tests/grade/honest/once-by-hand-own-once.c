/* SPDX-License-Identifier: MIT */
/* Right: a Once beside the scene's. */
#include "scene.h"

static struct once rates_once;

static uint64_t op(struct scene *s, uint64_t i)
{

    once_do(&rates_once, rates_load, s);
    return convert(s, i);
}

const struct twin THIS = { op };
