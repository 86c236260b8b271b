/* SPDX-License-Identifier: MIT */
/* Right: one read lock for both settings, which a cleanup gives back. */
#include "defer.h"
#include "scene.h"

static void unlock(void *lock)
{
    rwmutex_runlock(lock);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);

    DEFER_SCOPE;
    rwmutex_rlock(&s->lock);
    defer(unlock, &s->lock);
    uint64_t ours = setting_locked(s, OURS);
    uint64_t theirs = setting_locked(s, THEIRS);
    return i * ours + i * theirs;
}

const struct twin THIS = { op };
