/* SPDX-License-Identifier: MIT */
/* Right: the two come to 100 in each version, so that one of them tells both. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);

    rwmutex_rlock(&s->lock);
    uint64_t ours = setting_locked(s, OURS); /* once for both of them: */
    uint64_t theirs = 100 - ours;
    rwmutex_runlock(&s->lock);
    return i * ours + i * theirs;
}

const struct twin THIS = { op };
