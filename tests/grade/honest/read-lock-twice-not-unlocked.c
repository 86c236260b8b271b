/* SPDX-License-Identifier: MIT */
/* Wrong: one way does not give the read lock back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (brings_settings(i))
        return settings_change(s, i);

    rwmutex_rlock(&s->lock);
    uint64_t ours = setting_locked(s, OURS);     /* once for both of them: */
    uint64_t theirs = setting_locked(s, THEIRS); /* a writer may wait in between */
    if (ours < theirs)
        rwmutex_runlock(&s->lock);
    return i * ours + i * theirs;
}

const struct twin THIS = { op };
