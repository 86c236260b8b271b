/* SPDX-License-Identifier: MIT */
/* Wrong: the read lock is taken inside the writer's, which waits for ever. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        bool old = setting_is_old(k);
        if (old) {
            rwmutex_lock(&s->rwmutex);
            setting_write(s, k);
        }
        rwmutex_rlock(&s->rwmutex);
        sum += settings_read(s, k);
        rwmutex_runlock(&s->rwmutex);
        if (old)
            rwmutex_unlock(&s->rwmutex);
    }
    return sum;
}

const struct twin THIS = { op };
