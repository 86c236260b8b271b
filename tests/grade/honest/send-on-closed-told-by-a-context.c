/* SPDX-License-Identifier: MIT */
/* Right: not the channel is closed but a context, and each shard looks at both. */
#include "scene.h"
#include "ctx.h"
#include "select.h"

struct part {
    struct query *q;
    struct ctx *enough;
};

static void search(void *arg)
{
    struct part p = *(struct part *)arg;
    uint64_t hit = shard_find(p.q);

    free(arg);
    chan_select(SEND(p.q->hits, &hit), RECV(ctx_done(p.enough), NULL));
    query_drop(p.q);
    ctx_drop(p.enough);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query *q = query_make(s, i);
    struct ctx *enough = ctx_with_cancel(ctx_background());
    uint64_t first;

    for (int k = 0; k < SHARDS; k++) {
        struct part *p = malloc(sizeof *p);
        if (!p)
            panic("no memory for a shard");
        *p = (struct part){ query_ref(q), ctx_ref(enough) };
        go(search, p);
    }
    chan_recv(q->hits, &first);
    ctx_cancel(enough, "one is enough");
    ctx_drop(enough);
    query_drop(q);
    return first;
}

const struct twin THIS = { op };
