/* SPDX-License-Identifier: MIT */
/* A request asks one server many questions, one after the other, and is answered
 * through a channel that it sends along. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t items; /* a request */
    struct chan *questions;
    struct waitgroup server;
};

struct question {
    uint64_t number;
    struct chan *reply; /* the asker's; it takes the reply before it lets go */
};

static inline void serve(void *arg)
{
    struct scene *s = arg;
    struct question q;

    while (chan_recv(s->questions, &q)) {
        uint64_t square = q.number * q.number;
        chan_send(q.reply, &square);
    }
    wg_done(&s->server);
}

static inline uint64_t ask(struct scene *s, uint64_t number, struct chan *reply)
{
    struct question q = { number, reply };
    uint64_t square;

    chan_send(s->questions, &q);
    chan_recv(reply, &square);
    return square;
}

#endif
