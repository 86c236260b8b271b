/* SPDX-License-Identifier: MIT */
/* Right: whoever writes reads under the same lock, and lets go of it once. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        mutex_lock(&s->mutex);
        if (setting_is_old(k))
            setting_write(s, k);
        sum += settings_read(s, k);
        mutex_unlock(&s->mutex);
    }
    return sum;
}

const struct twin THIS = { op };
