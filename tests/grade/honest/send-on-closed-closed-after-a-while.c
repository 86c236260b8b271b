/* SPDX-License-Identifier: MIT */
/* Wrong: the others are given time before the close; but nobody receives what they send. */
#include "scene.h"
#include "timer.h"

static void search(void *arg)
{
    struct query *q = arg;
    uint64_t hit = shard_find(q);

    chan_send(q->hits, &hit);
    query_drop(q);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query *q = query_make(s, i);
    uint64_t first;

    for (int k = 0; k < SHARDS; k++)
        go(search, query_ref(q));
    chan_recv(q->hits, &first);
    task_sleep(MS);
    chan_close(q->hits);
    query_drop(q);
    return first;
}

const struct twin THIS = { op };
