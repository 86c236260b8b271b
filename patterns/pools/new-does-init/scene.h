/* SPDX-License-Identifier: MIT */
/* A request is served in a session from a pool.  What has to happen at a session's end
 * is registered with it, and done once: ending a session runs its callbacks and
 * forgets them, so that what goes back to the pool is clean. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "pool.h"
#include "task.h"

enum { MOST_CALLBACKS = 4 };

struct scene {
    struct pool *sessions;
};

struct session {
    uint64_t used_bytes;
    uint64_t billed_cents;
    int callbacks;
    void (*at_end[MOST_CALLBACKS])(struct session *);
};

static inline struct session *session_make(void)
{
    struct session *n = calloc(1, sizeof *n);

    if (!n)
        panic("session_make: out of memory");
    return n;
}

static inline void session_at_end(struct session *n, void (*callback)(struct session *))
{
    if (n->callbacks == MOST_CALLBACKS)
        panic("session_at_end: more than %d callbacks", MOST_CALLBACKS);
    n->at_end[n->callbacks++] = callback;
}

/* A callback: what was used is paid for. */
static inline void bill(struct session *n)
{
    n->billed_cents += n->used_bytes / 16;
}

static inline void session_serve(struct session *n, uint64_t i)
{
    n->used_bytes = 1600 + i % 1000;
}

/* Run what was registered; the cents that were billed.  The session is as new. */
static inline uint64_t session_end(struct session *n)
{
    while (n->callbacks)
        n->at_end[--n->callbacks](n);
    uint64_t cents = n->billed_cents;
    *n = (struct session){ 0 };
    return cents;
}

#endif
