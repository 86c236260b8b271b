/* SPDX-License-Identifier: MIT */
/* A request is passed on to one of a few backends, and waits for what it says.  Who is where
 * stands in a table under a lock, for backends come and go. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"
#include "timer.h"

enum { BACKENDS = 8 };
#define ROUND_TRIP ((int64_t)200 * US)

struct backend {
    uint64_t address;
};

struct scene {
    struct mutex mutex;
    struct backend table[BACKENDS]; /* under the mutex */
    uint64_t picked;                /* likewise: how often one was looked up */
};

/* Under the lock: a copy of the row for request i. */
static inline struct backend table_pick(struct scene *s, uint64_t i)
{
    s->picked++;
    return s->table[i % BACKENDS];
}

/* There and back again; the processor is free meanwhile. */
static inline uint64_t backend_ask(struct backend b, uint64_t i)
{
    task_sleep(ROUND_TRIP);
    return b.address ^ i;
}

#endif
