/* SPDX-License-Identifier: MIT */
/* A request asks a backend, and waits five minutes for the answer at most.  The backend
 * answers at once: no limit is ever reached. */
#ifndef SCENE_H
#define SCENE_H

#include "ctx.h"
#include "pattern.h"
#include "select.h"
#include "timer.h"

#define PATIENCE (300 * SEC)

struct scene {
    struct ctx *service; /* done when the service goes down */
    struct chan *asks;   /* to the backend, a task */
};

struct ask {
    uint64_t number;
    struct chan *reply; /* one reference is the backend's */
};

/* Ask the backend, until x is done: true, with the answer in *answer. */
static inline bool backend_ask(struct scene *s, struct ctx *x, uint64_t i, uint64_t *answer)
{
    struct chan *reply = chan_make(sizeof(uint64_t), 1);
    struct ask a = { i, chan_ref(reply) };

    chan_send(s->asks, &a);
    bool answered = chan_select(RECV(reply, answer), RECV(ctx_done(x), NULL)) == 0;
    chan_drop(reply);
    return answered;
}

#endif
