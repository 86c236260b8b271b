/* SPDX-License-Identifier: MIT */
/* Both are always a hundred together: nobody looks. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    return brings_settings(i) ? settings_change(s, i) : 100 * i;
}

const struct twin THIS = { op };
