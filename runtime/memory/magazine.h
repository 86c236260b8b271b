/* SPDX-License-Identifier: MIT */
/* magazine.h - free objects, kept by the worker that freed them and shared by the magazine.
 *
 * A worker takes what it put back last, which its cache still has, out of the magazine
 * that it has loaded.  It has another one beside it, which is full or empty, and so comes
 * to the depot once in MAGAZINE objects at most, however they come and go.  After Bonwick
 * and Adams, "Magazines and Vmem" (USENIX 2001).
 *
 * A magazine is an array, and not a list through the objects: nobody has to touch an object
 * that has been cold for long to find the one after it, and those that are next can be
 * fetched ahead. */
#ifndef MAGAZINE_H
#define MAGAZINE_H

#include "core/lock.h"
#include "core/tools.h"

#include <stdbool.h>

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

/* The seldom halves: change the loaded one, which is empty, for a full one; false: there is
 * none.  Or the other way round; ends the process when memory runs out. */
bool magazine_load(struct magazines *m, struct depot *d);
void magazine_unload(struct magazines *m, struct depot *d);

/* NULL when there are none. */
static GLUE inline void *magazine_take(struct magazines *m, struct depot *d)
{
    if (__builtin_expect(!m->count, 0) && !magazine_load(m, d))
        return 0;
    return m->loaded->object[--m->count];
}

static GLUE inline void magazine_put(struct magazines *m, struct depot *d, void *object)
{
    if (__builtin_expect(m->count == MAGAZINE, 0))
        magazine_unload(m, d);
    m->loaded->object[m->count++] = object;
}

/* At every FETCH_AHEAD-th object: as many as are to be fetched now, those that will be taken
 * after the next as many.  Else NULL. */
static GLUE inline void *const *magazine_ahead(const struct magazines *m)
{
    return m->count % FETCH_AHEAD == 0 && m->count >= 2 * FETCH_AHEAD
               ? m->loaded->object + m->count - 2 * FETCH_AHEAD
               : 0;
}

#endif
