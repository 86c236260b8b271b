/* SPDX-License-Identifier: MIT */
#include "look/creation_sites.h"

const struct site *made_lines[MADE_LINES];

NO_TSAN NOINLINE uint16_t made_find(const struct site *at)
{
    for (uint16_t k = 0, n = made_usual(at); k < MADE_LINES; k++, n = (n + 1) % MADE_LINES) {
        const struct site *there = NULL;

        if (__atomic_compare_exchange_n(&made_lines[n], &there, at, false, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED) ||
            there == at)
            return n;
    }
    return MADE_LINES;
}
