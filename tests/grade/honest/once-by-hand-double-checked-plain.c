/* SPDX-License-Identifier: MIT */
/* Wrong: the first look at the flag is outside the lock, and the flag is not atomic. */
#include "scene.h"

static struct mutex mutex;

static uint64_t op(struct scene *s, uint64_t i)
{

    if (!s->loaded) {
        mutex_lock(&mutex);
        if (!s->loaded) {
            rates_load(s);
            s->loaded = true;
        }
        mutex_unlock(&mutex);
    }
    return convert(s, i);
}

const struct twin THIS = { op };
