/* SPDX-License-Identifier: MIT */
/* Right: a task of one's own calls the indexer and looks at the request's end itself. */
#include "scene.h"

struct indexing {
    struct chan *indexer;
    struct request *request;
};

static void run(void *arg)
{
    struct indexing x = *(struct indexing *)arg;

    free(arg);
    while (!ctx_err(x.request->ctx))
        if (chan_select(RECV(x.indexer, NULL), RECV(ctx_done(x.request->ctx), NULL)) == 0)
            break;
    request_drop(x.request);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct indexing *x = malloc(sizeof *x);

    if (!x)
        panic("no memory to index with");
    *x = (struct indexing){ s->indexer, request_ref(r) };
    go(run, x);
    return request_end(r);
}

const struct twin THIS = { op };
