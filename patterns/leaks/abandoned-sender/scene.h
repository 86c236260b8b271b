/* SPDX-License-Identifier: MIT */
/* A request asks a replica that may be slow, and does not wait longer than it can.
 *
 * Every third replica is slow by far, the others are at once there: so on any
 * machine exactly every third request gives up before its replica has answered. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "select.h"
#include "timer.h"

struct scene {
    struct chan *overload; /* closed: no replica is worth waiting for */
};

/* What a replica is given: the question, and where the answer goes. */
struct query {
    uint64_t number;
    struct chan *answer; /* one reference is the replica's */
};

static inline bool replica_is_slow(uint64_t i)
{
    return i % 3 == 2;
}

/* The replica: thinks, then sends.  Owns the query. */
static inline void replica_answer(void *arg)
{
    struct query *q = arg;

    if (replica_is_slow(q->number))
        task_sleep(MS);
    chan_send(q->answer, &q->number);
    chan_drop(q->answer);
    free(q);
}

static inline struct query *query_make(uint64_t number, struct chan *answer)
{
    struct query *q = malloc(sizeof *q);

    if (!q)
        panic("query_make: out of memory");
    *q = (struct query){ number, chan_ref(answer) };
    return q;
}

/* The answer, or what the request can say without it: the same number. */
static inline uint64_t answer_or_give_up(struct scene *s, uint64_t i, struct chan *answer)
{
    struct chan *patience = replica_is_slow(i) ? s->overload : NULL;
    uint64_t number = i;

    chan_select(RECV(answer, &number), RECV(patience, NULL));
    return number;
}

#endif
