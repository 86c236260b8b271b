/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < MESSAGES; k++) {
        uint64_t device = device_of(i, k);
        if (k < s->reports)
            syncmap_store(s, device, reading_of(device));
        else
            sum += is_fit(device, syncmap_load(s, device));
    }
    return sum;
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < MESSAGES; k++) {
        uint64_t device = device_of(i, k);
        if (k < s->reports)
            locked_store(s, device, reading_of(device));
        else
            sum += is_fit(device, locked_load(s, device));
    }
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
