/* SPDX-License-Identifier: MIT */
/* magazine.h - free objects, kept by the worker that freed them, in arrays (magazines).  Full
 * and empty magazines are exchanged through a depot that all workers share.
 *
 * A worker takes what it put back last, which its cache still has, out of the magazine
 * that it has loaded.  It keeps a second one, which is full or empty.  So it visits the depot
 * once in MAGAZINE objects at most, in whatever order they are taken and put.  After Bonwick
 * and Adams, "Magazines and Vmem" (USENIX 2001).
 *
 * A magazine is an array, and not a list through the objects: nobody has to touch an object
 * that has been cold for long to find the one after it, and those that are next can be
 * fetched ahead. */
#ifndef MAGAZINE_H
#define MAGAZINE_H

#include "core/compiler.h"
#include "core/lock.h"

#include <stdbool.h>
#include <stddef.h>

#define MAGAZINE 256 /* objects */
#define FETCH_AHEAD 8

struct magazine {
    struct magazine *next; /* in the depot */
    void *object[MAGAZINE];
};

struct depot {
    struct lock lock;
    struct magazine *full, *empty;
};

/* A worker's.  What lies in them when the process ends is left there. */
struct magazines {
    struct magazine *loaded, *other;
    uint32_t count; /* in the loaded one */
    bool other_is_full;
};

/* An empty one to begin with; false: out of memory. */
bool magazine_start(struct magazines *m);

/* The slow paths.  load: change the loaded one, which is empty, for a full one; false: there
 * is none.  unload: the other way round; ends the process when memory runs out. */
bool magazine_load(struct magazines *m, struct depot *d);
void magazine_unload(struct magazines *m, struct depot *d);

/* NULL when there are none. */
static inline NO_TSAN void *magazine_take(struct magazines *m, struct depot *d)
{
    if (unlikely(!m->count) && !magazine_load(m, d))
        return NULL;
    return m->loaded->object[--m->count];
}

static inline NO_TSAN void magazine_put(struct magazines *m, struct depot *d, void *object)
{
    if (unlikely(m->count == MAGAZINE))
        magazine_unload(m, d);
    m->loaded->object[m->count++] = object;
}

/* Objects to prefetch now, FETCH_AHEAD of them: those that will be taken after the next
 * FETCH_AHEAD.  NULL but for every FETCH_AHEAD-th time. */
static inline NO_TSAN void *const *magazine_ahead(const struct magazines *m)
{
    return m->count % FETCH_AHEAD == 0 && m->count >= 2 * FETCH_AHEAD
               ? m->loaded->object + m->count - 2 * FETCH_AHEAD
               : NULL;
}

#endif
