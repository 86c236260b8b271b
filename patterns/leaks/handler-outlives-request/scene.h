/* SPDX-License-Identifier: MIT */
/* An HTTP handler answers at once and leaves the indexing of the body to a task that
 * calls another service.  That service is down: it takes calls and never answers.
 *
 * The server cancels the request's context when the handler has returned, as
 * net/http does. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>
#include <string.h>

#include "ctx.h"
#include "pattern.h"
#include "select.h"

enum { BODY_BYTES = 16 << 10 };

struct scene {
    struct chan *indexer; /* its answers */
};

/* Shared by the handler and what it starts; the last to let go frees it. */
struct request {
    uint64_t number;
    struct ctx *ctx;
    int refs; /* atomic */
    char body[BODY_BYTES];
};

/* A call of the indexer. */
struct call {
    struct scene *scene;
    struct request *request;
    struct ctx *ctx; /* what may end it */
};

static inline struct request *request_ref(struct request *r)
{
    __atomic_add_fetch(&r->refs, 1, __ATOMIC_RELAXED);
    return r;
}

static inline void request_drop(struct request *r)
{
    if (__atomic_sub_fetch(&r->refs, 1, __ATOMIC_ACQ_REL))
        return;
    ctx_drop(r->ctx);
    free(r);
}

/* As it comes from the network, all of it. */
static inline struct request *request_read(uint64_t i)
{
    struct request *r = malloc(sizeof *r);

    if (!r)
        panic("request_read: out of memory");
    r->number = i;
    r->ctx = ctx_with_cancel(ctx_background());
    r->refs = 1;
    memset(r->body, (int)i | 1, sizeof r->body);
    return r;
}

/* Write the answer, which lets others run; then the handler has returned. */
static inline uint64_t request_end(struct request *r)
{
    uint64_t number = r->number;

    task_yield();
    ctx_cancel(r->ctx, NULL);
    request_drop(r);
    return number;
}

/* A call on behalf of r that ends with x at the latest. */
static inline struct call *call_make(struct scene *s, struct request *r, struct ctx *x)
{
    struct call *c = malloc(sizeof *c);

    if (!c)
        panic("call_make: out of memory");
    *c = (struct call){ s, request_ref(r), x };
    return c;
}

/* The task: send the body, wait for the answer.  Owns the call. */
static inline void index_body(void *arg)
{
    struct call *c = arg;

    chan_select(RECV(c->scene->indexer, NULL), RECV(ctx_done(c->ctx), NULL));
    request_drop(c->request);
    free(c);
}

#endif
