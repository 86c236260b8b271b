/* SPDX-License-Identifier: MIT */
/* The tender is made and dropped; the shops' prices are known. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t lowest = UINT64_MAX;

    (void)s;
    tender_drop(tender_make(i));
    for (uint64_t k = 0; k < SHOPS; k++) {
        uint64_t cents = 1000 + (7 * i + 31 * k) % 97;
        lowest = cents < lowest ? cents : lowest;
    }
    return lowest;
}

const struct twin THIS = { op };
