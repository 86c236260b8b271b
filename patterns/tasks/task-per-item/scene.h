/* SPDX-License-Identifier: MIT */
/* A request scores a batch of readings.  One reading takes tens of nanoseconds. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "sync.h"

enum { TASKS = 8 };

struct scene {
    uint64_t readings; /* a request; at least TASKS, and a multiple of it */
};

struct batch;

/* Readings first to end - 1 of a batch: the work of one task. */
struct share {
    struct batch *batch;
    uint64_t first, end;
};

struct batch {
    uint64_t number, readings;
    struct waitgroup scoring;
    uint64_t score;       /* atomic */
    struct share *shares; /* as many as readings, at most one for each task */
};

static inline void batch_open(struct batch *b, const struct scene *s, uint64_t number)
{
    *b = (struct batch){ .number = number, .readings = s->readings };
    b->shares = calloc(b->readings, sizeof *b->shares);
    if (!b->shares)
        panic("batch_open: out of memory");
}

/* The readings first to end - 1, for a task that is started next. */
static inline struct share *batch_share(struct batch *b, uint64_t first, uint64_t end)
{
    b->shares[first] = (struct share){ b, first, end };
    wg_add(&b->scoring, 1);
    return &b->shares[first];
}

/* How far a reading is from what was expected. */
static inline uint64_t reading_score(uint64_t number)
{
    uint64_t x = number * 0x9e3779b97f4a7c15u;

    for (int k = 0; k < 8; k++)
        x = (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9u;
    return x >> 54;
}

static inline void score(void *arg)
{
    const struct share *share = arg;
    struct batch *b = share->batch;
    uint64_t sum = 0;

    for (uint64_t k = share->first; k < share->end; k++)
        sum += reading_score(b->number * b->readings + k);
    __atomic_add_fetch(&b->score, sum, __ATOMIC_RELAXED);
    wg_done(&b->scoring);
}

/* Wait for all: what do the readings come to? */
static inline uint64_t batch_score(struct batch *b)
{
    wg_wait(&b->scoring);
    free(b->shares);
    return b->score;
}

#endif
