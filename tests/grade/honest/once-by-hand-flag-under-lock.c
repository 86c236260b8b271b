/* SPDX-License-Identifier: MIT */
/* Wrong: the flag has a lock now, and is still set before the loading. */
#include "scene.h"

static struct mutex mutex;

static uint64_t op(struct scene *s, uint64_t i)
{

    mutex_lock(&mutex);
    bool mine = !s->loaded;
    s->loaded = true;
    mutex_unlock(&mutex);
    if (mine)
        rates_load(s);
    return convert(s, i);
}

const struct twin THIS = { op };
