/* SPDX-License-Identifier: MIT */
/* A request looks SIZE things up, and for each it needs a scratch area for some dozen
 * nanoseconds.  There are enough for everybody; the question is how to get at one. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "pool.h"
#include "sync.h"

enum { SCRATCH_WORDS = 16 };

struct scratch {
    struct scratch *next; /* on the list of free ones */
    uint64_t words[SCRATCH_WORDS];
};

/* What everybody writes first: correct, and short. */
struct freelist {
    struct mutex lock;
    struct scratch *first;
};

struct scene {
    uint64_t lookups; /* in a request */
    struct freelist list;
    struct pool *pool;
};

static inline struct scratch *scratch_make(void)
{
    struct scratch *w = malloc(sizeof *w);

    if (!w)
        panic("scratch_make: out of memory");
    return w;
}

static inline struct scratch *freelist_get(struct freelist *f)
{
    mutex_lock(&f->lock);
    struct scratch *w = f->first;
    if (w)
        f->first = w->next;
    mutex_unlock(&f->lock);
    return w ? w : scratch_make();
}

static inline void freelist_put(struct freelist *f, struct scratch *w)
{
    mutex_lock(&f->lock);
    w->next = f->first;
    f->first = w;
    mutex_unlock(&f->lock);
}

/* Look up what is asked for by `key`. */
static inline uint64_t look_up(struct scratch *w, uint64_t key)
{
    uint64_t sum = 0;

    for (int k = 0; k < SCRATCH_WORDS; k++)
        w->words[k] = key = key * 6364136223846793005u + 1442695040888963407u;
    for (int k = 0; k < SCRATCH_WORDS; k++)
        sum ^= w->words[k] >> (w->words[SCRATCH_WORDS - 1 - k] % 64);
    return sum;
}

#endif
