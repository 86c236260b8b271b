/* SPDX-License-Identifier: MIT */
/* Right: the RWMutex, taken once a request as a writer: it is a mutex then. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    rwmutex_lock(&s->rwmutex);
    for (uint64_t k = i; k < i + LOOKS; k++) {
        if (setting_is_old(k)) {
            setting_write(s, k);
        }
        sum += settings_read(s, k);
    }
    rwmutex_unlock(&s->rwmutex);
    return sum;
}

const struct twin THIS = { op };
