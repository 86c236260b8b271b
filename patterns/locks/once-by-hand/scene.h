/* SPDX-License-Identifier: MIT */
/* A request converts an amount by a table of rates, which is read from a file when the first
 * request needs it.  Reading it takes a while, and lets others run. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { RATES = 32 };

struct scene {
    struct once once;
    bool loaded; /* atomic */
    uint64_t rates[RATES];
};

static inline void rates_load(void *arg)
{
    struct scene *s = arg;

    for (uint64_t k = 0; k < RATES; k++) {
        task_yield(); /* wait for the next line of the file */
        s->rates[k] = 100 + 7 * k;
    }
}

static inline uint64_t convert(struct scene *s, uint64_t i)
{
    return (1000 + i) * s->rates[i % RATES] / 100;
}

#endif
