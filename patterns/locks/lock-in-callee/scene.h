/* SPDX-License-Identifier: MIT */
/* A request renders a page and keeps it in a cache, which holds the newest eight. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { PLACES = 8 };

struct page {
    uint64_t number;
    uint64_t bytes;
};

struct scene {
    struct mutex mutex;
    struct page pages[PLACES]; /* under the mutex: page k is in place k % PLACES */
    uint64_t first, end;       /* likewise: those from first to end - 1 are there */
};

static inline struct page page_render(uint64_t i)
{
    return (struct page){ .number = i, .bytes = 2000 + i % 97 };
}

/* Under the lock. */
static inline bool cache_is_full(const struct scene *s)
{
    return s->end - s->first == PLACES;
}

/* Under the lock, where there is room. */
static inline void cache_keep(struct scene *s, struct page p)
{
    s->pages[s->end++ % PLACES] = p;
}

/* The oldest page goes, if there is any.  Under the lock. */
static inline void cache_evict_locked(struct scene *s)
{
    if (s->first < s->end)
        s->first++;
}

/* The same for whoever does not hold the lock. */
static inline void cache_evict(struct scene *s)
{
    mutex_lock(&s->mutex);
    cache_evict_locked(s);
    mutex_unlock(&s->mutex);
}

#endif
