/* SPDX-License-Identifier: MIT */
/* Right: a reading is one word, which is stored and loaded atomically in place. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < MESSAGES; k++) {
        uint64_t device = device_of(i, k);
        if (k < s->reports)
            __atomic_store_n(&s->table[device], reading_of(device), __ATOMIC_RELAXED);
        else
            sum += is_fit(device, __atomic_load_n(&s->table[device], __ATOMIC_RELAXED));
    }
    return sum;
}

const struct twin THIS = { op };
