/* SPDX-License-Identifier: MIT */
/* Wrong: readers take the mutex and the writer the RWMutex. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        if (setting_is_old(k)) {
            rwmutex_lock(&s->rwmutex);
            setting_write(s, k);
            rwmutex_unlock(&s->rwmutex);
        }
        mutex_lock(&s->mutex);
        sum += settings_read(s, k);
        mutex_unlock(&s->mutex);
    }
    return sum;
}

const struct twin THIS = { op };
