/* SPDX-License-Identifier: MIT */
/* Right: one read lock for a loop over all settings. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);

    uint64_t sum = 0;

    rwmutex_rlock(&s->lock);
    for (int k = 0; k < SETTINGS; k++)
        sum += i * setting_locked(s, k);
    rwmutex_runlock(&s->lock);
    return sum;
}

const struct twin THIS = { op };
