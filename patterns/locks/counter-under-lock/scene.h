/* SPDX-License-Identifier: MIT */
/* A request sends its answer in chunks, and counts the bytes of each for the metrics. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t chunks; /* of an answer */
    struct mutex mutex;
    uint64_t sent; /* bytes, by all requests */
};

/* How many bytes chunk k of answer i had. */
static inline uint64_t chunk_send(uint64_t i, uint64_t k)
{
    return 512 + ((i ^ k) & 511);
}

#endif
