/* SPDX-License-Identifier: MIT */
/* A request prices an order of eight lines in another currency.  Each line has a task of its own,
 * which waits for the exchange rate; the request asks for the rate meanwhile.
 *
 * So no task looks at what its line costs before the loop that started them all is over: a channel
 * says when, on any number of workers. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { LINES = 8 };

struct scene {
    int unused; /* the requests share nothing */
};

/* In the requesting task's frame. */
struct order {
    uint64_t number;
    struct chan *rate_known; /* closed when there is a rate */
    uint64_t rate;           /* in hundredths */
    uint64_t cents;          /* atomic: of the lines priced */
    struct waitgroup priced;
};

struct line {
    struct order *order;
    uint64_t cents;
};

static inline void order_open(struct order *o, uint64_t number)
{
    *o = (struct order){ .number = number, .rate_known = chan_make(0, 0) };
    wg_add(&o->priced, LINES);
}

static inline struct line order_line(struct order *o, int k)
{
    return (struct line){ o, 100 + (o->number + 13 * (uint64_t)k) % 900 };
}

/* The task of a line. */
static inline void price(void *arg)
{
    struct line *l = arg;
    struct order *o = l->order;

    chan_recv(o->rate_known, NULL);
    __atomic_add_fetch(&o->cents, l->cents * o->rate / 100, __ATOMIC_RELAXED);
    wg_done(&o->priced);
}

/* Ask for the rate, then wait for all the lines: what does the order come to? */
static inline uint64_t order_total(struct order *o)
{
    o->rate = 80 + o->number % 40;
    chan_close(o->rate_known);
    wg_wait(&o->priced);
    chan_drop(o->rate_known);
    return o->cents;
}

#endif
