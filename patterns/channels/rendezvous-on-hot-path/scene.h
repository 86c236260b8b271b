/* SPDX-License-Identifier: MIT */
/* A request sends a stream of values through two stages that are equally fast:
 * one makes them, the other adds them up. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"

struct scene {
    uint64_t values; /* a request */
};

/* The second stage, in the requesting task's frame. */
struct adder {
    struct chan *values; /* one reference is the adder's */
    struct chan *total;  /* likewise */
};

static inline void add_up(void *arg)
{
    struct adder a = *(struct adder *)arg;
    uint64_t v, sum = 0;

    while (chan_recv(a.values, &v))
        sum += v;
    chan_send(a.total, &sum);
    chan_drop(a.values);
    chan_drop(a.total);
}

static inline void adder_start(struct adder *a, struct chan *values)
{
    *a = (struct adder){ values, chan_make(sizeof(uint64_t), 1) };
    chan_ref(a->values);
    chan_ref(a->total);
    go(add_up, a);
}

/* No more values: what do they come to? */
static inline uint64_t adder_total(struct adder *a)
{
    uint64_t sum;

    chan_close(a->values);
    chan_recv(a->total, &sum);
    chan_drop(a->values);
    chan_drop(a->total);
    return sum;
}

#endif
