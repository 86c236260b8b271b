/* SPDX-License-Identifier: MIT */
/* Wrong: the shards still send on a closed channel; now each catches its panic and says nothing. */
#include "scene.h"
#include "defer.h"

static void quietly(void *arg)
{
    recover();
    query_drop(arg);
}

static void search(void *arg)
{
    struct query *q = arg;
    uint64_t hit = shard_find(q);

    defer(quietly, q);
    chan_send(q->hits, &hit);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query *q = query_make(s, i);
    uint64_t first;

    for (int k = 0; k < SHARDS; k++)
        go(search, query_ref(q));
    chan_recv(q->hits, &first);
    chan_close(q->hits);
    query_drop(q);
    return first;
}

const struct twin THIS = { op };
