/* SPDX-License-Identifier: MIT */
/* Wrong: who needs the lock held is called without it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);

    uint64_t ours = setting_locked(s, OURS);
    uint64_t theirs = setting_locked(s, THEIRS);
    return i * ours + i * theirs;
}

const struct twin THIS = { op };
