/* SPDX-License-Identifier: MIT */
/* Right: the text is published under a lock that a cleanup gives back, and the
 * readers are waited for. */
#include "scene.h"

static void unlock(struct mutex **m)
{
    mutex_unlock(*m);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct text *t = text_open(s);

    {
        __attribute__((cleanup(unlock))) struct mutex *held = &t->mutex;
        mutex_lock(held);
        t->version = i + 1;
        for (int k = s->readers; k > 0; --k)
            cond_signal(&t->published);
    }
    text_drop(t);
    return i;
}

const struct twin THIS = { op };
