/* SPDX-License-Identifier: MIT */
/* A request sends its answer in chunks, and counts the bytes of each for the metrics, which are
 * read once in ten seconds. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"

enum { SHARDS = 8, CACHE_LINE = 64 };

struct counter {
    uint64_t bytes; /* atomic */
    char pad[CACHE_LINE - sizeof(uint64_t)];
};

struct scene {
    uint64_t chunks; /* of an answer */
    struct counter sent;
    struct counter shard[SHARDS];
    uint64_t total; /* what the metrics read: all of them together */
};

/* How many bytes chunk k of answer i had. */
static inline uint64_t chunk_send(uint64_t i, uint64_t k)
{
    return 512 + ((i ^ k) & 511);
}

#endif
