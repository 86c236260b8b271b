/* SPDX-License-Identifier: MIT */
/* Each client counts the bytes that it sends in a counter of its own; the metrics add them up
 * once in ten seconds.  A twin says what a counter looks like. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"

enum { SENDERS = 4, CACHE_LINE = 64 };

struct counter;

struct scene {
    uint64_t chunks;          /* of an answer */
    struct counter *counters; /* SENDERS of them, from the beginning of a cache line */
    uint64_t total;           /* what the metrics read: all of them together */
};

/* How many bytes chunk k of answer i had. */
static inline uint64_t chunk_send(uint64_t i, uint64_t k)
{
    return 512 + ((i ^ k) & 511);
}

#endif
