/* SPDX-License-Identifier: MIT */
/* A request sends readings through a channel to a second stage, which adds them up.  At most
 * BATCH readings wait in the channel, however they are sent. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { BATCH = 64 };

struct scene {
    uint64_t readings; /* a request */
};

/* The second stage, in the requesting task's frame. */
struct stage {
    struct chan *in;
    uint64_t sum;
    struct waitgroup added;
};

static inline void stage_open(struct stage *st, size_t elem_bytes, size_t places, task_fn *add)
{
    *st = (struct stage){ .in = chan_make(elem_bytes, places) };
    wg_add(&st->added, 1);
    go(add, st);
}

/* There is no more to come: what does it add up to? */
static inline uint64_t stage_sum(struct stage *st)
{
    chan_close(st->in);
    wg_wait(&st->added);
    chan_drop(st->in);
    return st->sum;
}

/* Readings that go together. */
struct batch {
    size_t n;
    uint64_t readings[BATCH];
};

static inline void batch_send(struct batch *b, struct chan *to)
{
    if (b->n > 0)
        chan_send(to, b);
    b->n = 0;
}

/* Send it when it is full. */
static inline void batch_add(struct batch *b, uint64_t reading, struct chan *to)
{
    b->readings[b->n++] = reading;
    if (b->n == BATCH)
        batch_send(b, to);
}

static inline uint64_t batch_sum(const struct batch *b)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < b->n; k++)
        sum += b->readings[k];
    return sum;
}

#endif
