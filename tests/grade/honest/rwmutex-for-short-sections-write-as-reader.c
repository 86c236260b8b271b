/* SPDX-License-Identifier: MIT */
/* Wrong: the writer takes the lock of readers. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        if (setting_is_old(k)) {
            rwmutex_rlock(&s->rwmutex);
            setting_write(s, k);
            rwmutex_runlock(&s->rwmutex);
        }
        rwmutex_rlock(&s->rwmutex);
        sum += settings_read(s, k);
        rwmutex_runlock(&s->rwmutex);
    }
    return sum;
}

const struct twin THIS = { op };
