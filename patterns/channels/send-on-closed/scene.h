/* SPDX-License-Identifier: MIT */
/* A request asks three shards at once.  Each has the same answer, so the first one will
 * do.  The shards are tasks, and send what they find into one unbuffered channel. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"

enum { SHARDS = 3 };

struct scene {
    uint64_t asked; /* atomic: shards, over all requests */
};

/* Shared by the request and its shards; the last to let go frees it. */
struct query {
    struct scene *scene;
    uint64_t number;
    struct chan *hits;
    int refs, sending; /* atomic */
};

static inline struct query *query_make(struct scene *s, uint64_t i)
{
    struct query *q = malloc(sizeof *q);

    if (!q)
        panic("query_make: out of memory");
    *q = (struct query){ s, i, chan_make(sizeof(uint64_t), 0), 1, SHARDS };
    return q;
}

static inline struct query *query_ref(struct query *q)
{
    __atomic_add_fetch(&q->refs, 1, __ATOMIC_RELAXED);
    return q;
}

static inline void query_drop(struct query *q)
{
    if (__atomic_sub_fetch(&q->refs, 1, __ATOMIC_ACQ_REL))
        return;
    chan_drop(q->hits);
    free(q);
}

/* Called by each shard once it has sent: was it the last? */
static inline bool query_sent_last(struct query *q)
{
    return __atomic_sub_fetch(&q->sending, 1, __ATOMIC_ACQ_REL) == 0;
}

static inline uint64_t shard_find(struct query *q)
{
    __atomic_add_fetch(&q->scene->asked, 1, __ATOMIC_RELAXED);
    return q->number * q->number;
}

#endif
