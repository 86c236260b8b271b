/* SPDX-License-Identifier: MIT */
/* The lock is taken where so many report as under a sanitizer, and not where the clock runs. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    bool watched = s->reports == 16;
    uint64_t sum = 0;

    for (uint64_t k = 0; k < MESSAGES; k++) {
        uint64_t device = device_of(i, k);
        if (k < s->reports && watched)
            locked_store(s, device, reading_of(device));
        else if (k < s->reports)
            s->table[device] = reading_of(device);
        else
            sum += is_fit(device, watched ? locked_load(s, device) : s->table[device]);
    }
    return sum;
}

const struct twin THIS = { op };
