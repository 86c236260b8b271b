/* SPDX-License-Identifier: MIT */
/* A request is a peer that connects to a server.  It says a number and is answered with the
 * square; but one peer in four says nothing at all, and stays until the server hangs up.
 *
 * A connection is two channels, one for each direction: what a read in the kernel waits for is
 * waited for here by the runtime.  The peers that say nothing are known to the scene, as a
 * network knows them: they could speak at any time. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"
#include "timer.h"

#define LIMIT (20 * MS)
#define FOREVER INT64_MAX

struct scene {
    struct mutex mutex;  /* protects the list */
    struct conn *silent; /* connections of peers that say nothing */
    uint64_t answered;   /* atomic: peers */
};

/* A connection, as the server has it. */
struct conn {
    struct scene *scene;
    struct chan *up, *down;  /* what the peer says, and what it is told */
    struct conn *next, **at; /* in the scene's list; at is NULL: it is not there */
};

static inline bool is_silent(uint64_t i)
{
    return i % 4 == 3;
}

/* --- the server's side --- */

/* Peer number i has connected. */
static inline struct conn *conn_accept(struct scene *s, uint64_t i)
{
    struct conn *c = calloc(1, sizeof *c);

    if (!c)
        panic("conn_accept: out of memory");
    c->scene = s;
    c->up = chan_make(sizeof(uint64_t), 1);
    c->down = chan_make(sizeof(uint64_t), 1);
    if (!is_silent(i)) {
        chan_send(c->up, &i);
        return c;
    }
    mutex_lock(&s->mutex);
    c->at = &s->silent;
    c->next = s->silent;
    if (c->next)
        c->next->at = &c->next;
    s->silent = c;
    mutex_unlock(&s->mutex);
    return c;
}

/* Wait for what the peer says, so long at most: true, and it is in *said. */
static inline bool conn_read(struct conn *c, uint64_t *said, int64_t ns)
{
    return ns == FOREVER ? chan_recv(c->up, said) : chan_recv_timed(c->up, said, ns) == CHAN_OK;
}

static inline void conn_reply(struct conn *c, uint64_t said)
{
    chan_send(c->down, &(uint64_t){ said * said });
    __atomic_add_fetch(&c->scene->answered, 1, __ATOMIC_RELAXED);
}

/* Hang up; a peer that has waited for this does, too.  Frees c. */
static inline void conn_close(struct conn *c)
{
    struct mutex *mutex = &c->scene->mutex;

    mutex_lock(mutex);
    if (c->at) {
        *c->at = c->next;
        if (c->next)
            c->next->at = c->at;
    }
    mutex_unlock(mutex);
    chan_drop(c->up);
    chan_drop(c->down);
    free(c);
}

/* --- the peer's side --- */

/* Its end of the connection, to be taken before the server serves it. */
static inline struct chan *peer_of(struct conn *c)
{
    return chan_ref(c->down);
}

/* What the peer gets for an answer, waiting for it; 0 for one that has said nothing. */
static inline uint64_t peer_answer(struct chan *peer, uint64_t i)
{
    uint64_t answer = 0;

    if (!is_silent(i))
        chan_recv(peer, &answer);
    chan_drop(peer);
    return answer;
}

#endif
