/* SPDX-License-Identifier: MIT */
/* A request opens a session, and a task of its own keeps the session fresh while it
 * lasts.  The request has a context, which is cancelled when it is over.
 *
 * The refresh comes every 50 ms and the request takes microseconds; so whether its
 * task ends is decided by what wakes it, and not by how fast the machine is. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "ctx.h"
#include "pattern.h"
#include "timer.h"

#define PERIOD ((int64_t)50 * MS)

struct scene {
    uint64_t opened; /* atomic */
};

/* Shared by the request and its task; the last to let go frees it. */
struct session {
    uint64_t number;
    struct ctx *request;
    uint64_t refreshed; /* atomic */
    int refs;           /* atomic */
    char state[1024];
};

static inline struct session *session_ref(struct session *x)
{
    __atomic_add_fetch(&x->refs, 1, __ATOMIC_RELAXED);
    return x;
}

static inline void session_drop(struct session *x)
{
    if (__atomic_sub_fetch(&x->refs, 1, __ATOMIC_ACQ_REL))
        return;
    ctx_drop(x->request);
    free(x);
}

static inline struct session *session_open(struct scene *s, uint64_t i)
{
    struct session *x = calloc(1, sizeof *x);

    if (!x)
        panic("session_open: out of memory");
    *x = (struct session){ .number = i, .request = ctx_with_cancel(ctx_background()), .refs = 1 };
    __atomic_add_fetch(&s->opened, 1, __ATOMIC_RELAXED);
    return x;
}

/* The answer; writing it lets others run. */
static inline uint64_t session_serve(struct session *x)
{
    task_yield();
    return x->number;
}

static inline void session_refresh(struct session *x)
{
    uint64_t k = __atomic_add_fetch(&x->refreshed, 1, __ATOMIC_RELAXED);

    x->state[k % sizeof x->state] = (char)k;
}

/* The request is over: its context says so to whoever looks. */
static inline void session_end(struct session *x)
{
    ctx_cancel(x->request, NULL);
    session_drop(x);
}

#endif
