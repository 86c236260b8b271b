/* SPDX-License-Identifier: MIT */
/* A request asks a warehouse for a price and for the stock, over one connection.  The
 * connection's task brings the answers as they come: the stock first, then the price. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t asked; /* atomic */
};

struct answer {
    struct mutex mutex;
    struct cond came;
    bool is_there;  /* under the mutex */
    uint64_t value; /* likewise */
};

/* In the frame of the request. */
struct query {
    uint64_t number;
    struct answer stock, price;
    struct waitgroup connection; /* done when both were brought */
};

static inline void answer_bring(struct answer *a, uint64_t value)
{
    mutex_lock(&a->mutex);
    a->value = value;
    a->is_there = true;
    cond_signal(&a->came);
    mutex_unlock(&a->mutex);
}

/* The connection's task. */
static inline void bring_answers(void *arg)
{
    struct query *q = arg;

    answer_bring(&q->stock, q->number % 10);
    answer_bring(&q->price, 990 + q->number % 7);
    wg_done(&q->connection);
}

static inline void query_send(struct query *q, struct scene *s, uint64_t i)
{
    *q = (struct query){ .number = i };
    __atomic_add_fetch(&s->asked, 1, __ATOMIC_RELAXED);
    wg_add(&q->connection, 1);
    go(bring_answers, q);
}

static inline void query_end(struct query *q)
{
    wg_wait(&q->connection);
}

#endif
