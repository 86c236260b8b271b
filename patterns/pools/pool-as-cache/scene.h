/* SPDX-License-Identifier: MIT */
/* A request looks up an article in the price list.  The list comes from a database,
 * which is slow, and so it is kept.  Between two requests the rest of the service
 * makes enough garbage for the collector to run `collections` times. */
#ifndef SCENE_H
#define SCENE_H

#include "gc.h"
#include "pattern.h"
#include "pool.h"
#include "sync.h"

enum { ARTICLES = 512 };

struct prices {
    uint64_t cents[ARTICLES];
};

struct scene {
    uint64_t collections;     /* between two requests */
    uint64_t requests, loads; /* atomic */
    struct pool *pool;        /* of price lists; has no make */
    struct mutex mutex;
    struct prices **map; /* under the mutex; with one key ... */
    struct prices *kept; /* ... and this is what it has */
};

/* The price list, from the database. */
static inline struct prices *prices_load(struct scene *s)
{
    struct prices *list = heap_alloc(sizeof *list);

    __atomic_add_fetch(&s->loads, 1, __ATOMIC_RELAXED);
    for (uint64_t k = 0; k < ARTICLES; k++)
        list->cents[k] = 100 + k * k % 907;
    return list;
}

static inline uint64_t price_of(const struct prices *list, uint64_t i)
{
    return list->cents[i % ARTICLES];
}

static inline void others_work(struct scene *s)
{
    __atomic_add_fetch(&s->requests, 1, __ATOMIC_RELAXED);
    for (uint64_t k = 0; k < s->collections; k++)
        gc_collect();
}

/* What was put; NULL before. */
static inline struct prices *map_get(struct scene *s)
{
    mutex_lock(&s->mutex);
    struct prices *list = *s->map;
    mutex_unlock(&s->mutex);
    return list;
}

static inline void map_put(struct scene *s, struct prices *list)
{
    mutex_lock(&s->mutex);
    *s->map = list;
    mutex_unlock(&s->mutex);
}

#endif
