/* SPDX-License-Identifier: MIT */
/* A request enters what it found into a map that all share, each under keys of its own.
 *
 * The map is one like Go's: it grows as it fills, and it notices a writer that comes while
 * another is inside.  Moving a big map takes long, so it gives way to others now and then. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "sync.h"

enum { KEYS = 4096, FOUND = 8, MOVED_A_TURN = 16 };

struct slot {
    uint64_t key, value;
    bool used;
};

struct map {
    struct slot *slots;
    uint64_t size, used; /* size: a power of two, or 0 */
    bool writing;        /* atomic: somebody is inside */
};

struct results {
    struct mutex mutex;
    struct map map;
};

struct scene {
    struct results *results;
    uint64_t entered; /* how many keys there are in the end */
};

/* The slot that has the key, or would have it. */
static inline struct slot *map_slot(struct slot *slots, uint64_t size, uint64_t key)
{
    uint64_t at = key * 0x9e3779b97f4a7c15u >> 32;

    while (slots[at & (size - 1)].used && slots[at & (size - 1)].key != key)
        at++;
    return &slots[at & (size - 1)];
}

static inline void map_grow(struct map *m)
{
    uint64_t size = m->size ? 2 * m->size : 64;
    struct slot *slots = calloc(size, sizeof *slots);

    if (!slots)
        panic("map_grow: out of memory");
    for (uint64_t k = 0; k < m->size; k++) {
        if (m->slots[k].used)
            *map_slot(slots, size, m->slots[k].key) = m->slots[k];
        if (k % MOVED_A_TURN == 0)
            task_yield();
    }
    free(m->slots);
    m->slots = slots;
    m->size = size;
}

static inline void map_set(struct map *m, uint64_t key, uint64_t value)
{
    if (__atomic_exchange_n(&m->writing, true, __ATOMIC_ACQ_REL))
        task_fatal(HERE, "concurrent map writes");
    if (2 * m->used >= m->size)
        map_grow(m);
    struct slot *slot = map_slot(m->slots, m->size, key);
    m->used += !slot->used;
    *slot = (struct slot){ key, value, true };
    __atomic_store_n(&m->writing, false, __ATOMIC_RELEASE);
}

static inline uint64_t find(uint64_t i, uint64_t k)
{
    return (i ^ k) * 31 % 1009;
}

#endif
