/* SPDX-License-Identifier: MIT */
/* Right: all that has come goes into a queue of the request's own, what is urgent at its front. */
#include "scene.h"

struct fifo {
    size_t first, last;
    uint64_t slots[];
};

static size_t take_all(struct fifo *q, struct chan *from)
{
    size_t before = q->last;

    while (chan_try_recv(from, &q->slots[q->last]) == CHAN_OK)
        q->last++;
    return q->last - before;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    struct fifo *q = malloc(sizeof *q + (MESSAGES + 1) * sizeof q->slots[0]);
    uint64_t sum = 0;

    if (!q)
        panic("op: out of memory");
    q->first = q->last = 0;
    struct chan *from[] = { t->urgent, t->others };
    for (int k = 0; q->last < MESSAGES; k = (k + 1) % 2)
        take_all(q, from[k]);
    while (q->first < q->last)
        sum += message_handle(t, q->slots[q->first++]);
    free(q);
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
