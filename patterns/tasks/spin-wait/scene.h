/* SPDX-License-Identifier: MIT */
/* A request waits for an index, which a task builds in many small pieces.  After each piece the
 * builder lets others run, as a good neighbour does. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t pieces; /* of an index */
};

/* Shared by the request and the builder; the last to let go frees it. */
struct index {
    uint64_t number, pieces;
    uint64_t sum;           /* of what has been built */
    struct waitgroup built; /* or, for who looks: */
    int done;               /* atomic */
    int refs;               /* atomic */
};

static inline void index_drop(struct index *x)
{
    if (__atomic_sub_fetch(&x->refs, 1, __ATOMIC_ACQ_REL) == 0)
        free(x);
}

static inline uint64_t piece_build(uint64_t number)
{
    uint64_t x = number;

    for (int k = 0; k < 16; k++)
        x = (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9u;
    return x >> 32;
}

static inline void build(void *arg)
{
    struct index *x = arg;

    for (uint64_t k = 0; k < x->pieces; k++) {
        x->sum += piece_build(x->number * x->pieces + k);
        task_yield();
    }
    __atomic_store_n(&x->done, 1, __ATOMIC_RELEASE);
    wg_done(&x->built);
    index_drop(x);
}

/* Have it built. */
static inline struct index *index_start(struct scene *s, uint64_t number)
{
    struct index *x = calloc(1, sizeof *x);

    if (!x)
        panic("index_start: out of memory");
    x->number = number;
    x->pieces = s->pieces;
    x->refs = 2;
    wg_add(&x->built, 1);
    go(build, x);
    return x;
}

static inline bool index_is_built(struct index *x)
{
    return __atomic_load_n(&x->done, __ATOMIC_ACQUIRE);
}

/* It is built: look into it, and let go. */
static inline uint64_t index_sum(struct index *x)
{
    uint64_t sum = x->sum;

    index_drop(x);
    return sum;
}

#endif
