/* SPDX-License-Identifier: MIT */
/* A request converts an amount by an exchange rate, which is kept in a cache and comes from a
 * database.  The rate has just expired, and everybody needs it.
 *
 * The database is slower than all of them: before it answers, everybody has had his turn a hundred
 * times since somebody last looked into the cache.  So with one worker all requests that are under
 * way have looked by then, whatever the clock says. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct scene {
    struct mutex mutex;    /* of the cache */
    uint64_t rate;         /* in hundredths, under the mutex; 0: it has expired */
    uint64_t looks;        /* atomic: into the cache */
    struct mutex fetching; /* for who asks the database */
    uint64_t calls;        /* atomic: of the database */
};

/* 0: it is not there. */
static inline uint64_t cache_get(struct scene *s)
{
    mutex_lock(&s->mutex);
    uint64_t rate = s->rate;
    mutex_unlock(&s->mutex);
    __atomic_add_fetch(&s->looks, 1, __ATOMIC_RELAXED);
    return rate;
}

static inline void database_think(struct scene *s)
{
    uint64_t looks = 0;

    for (int turn = 0; turn < 100; turn++) {
        uint64_t now = __atomic_load_n(&s->looks, __ATOMIC_RELAXED);
        if (now != looks)
            turn = 0;
        looks = now;
        task_yield();
    }
}

/* Ask the database, and put the answer into the cache. */
static inline uint64_t rate_fetch(struct scene *s)
{
    const uint64_t rate = 113;

    __atomic_add_fetch(&s->calls, 1, __ATOMIC_RELAXED);
    database_think(s);
    mutex_lock(&s->mutex);
    s->rate = rate;
    mutex_unlock(&s->mutex);
    return rate;
}

static inline uint64_t convert(uint64_t i, uint64_t rate)
{
    return (1000 + i % 9000) * rate / 100;
}

#endif
