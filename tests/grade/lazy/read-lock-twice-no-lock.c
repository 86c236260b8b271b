/* SPDX-License-Identifier: MIT */
/* Who reads takes no lock. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);
    return i * setting_locked(s, OURS) + i * setting_locked(s, THEIRS);
}

const struct twin THIS = { op };
