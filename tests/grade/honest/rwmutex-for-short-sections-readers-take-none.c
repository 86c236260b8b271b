/* SPDX-License-Identifier: MIT */
/* Wrong: only the writer takes the mutex, and readers come meanwhile. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        if (setting_is_old(k)) {
            mutex_lock(&s->mutex);
            setting_write(s, k);
            mutex_unlock(&s->mutex);
        }
        sum += settings_read(s, k);
    }
    return sum;
}

const struct twin THIS = { op };
