/* SPDX-License-Identifier: MIT */
/* Right: a mutex beside the scene's. */
#include "scene.h"

static struct mutex lock;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = i; k < i + LOOKS; k++) {
        if (setting_is_old(k)) {
            mutex_lock(&lock);
            setting_write(s, k);
            mutex_unlock(&lock);
        }
        mutex_lock(&lock);
        sum += settings_read(s, k);
        mutex_unlock(&lock);
    }
    return sum;
}

const struct twin THIS = { op };
