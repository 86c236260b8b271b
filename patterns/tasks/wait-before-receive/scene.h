/* SPDX-License-Identifier: MIT */
/* A request asks five shops for a price, each by a task of its own, and takes the lowest. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { SHOPS = 5 };

struct scene {
    int unused; /* the requests share nothing */
};

struct tender;

struct shop {
    struct tender *tender;
    uint64_t number;
};

/* Shared by the request and its tasks; the last to let go frees it. */
struct tender {
    uint64_t article;
    struct chan *prices;     /* in cents; closed when all shops have been asked */
    struct waitgroup asking; /* the shops that have not sent theirs yet */
    int refs;                /* atomic */
    struct shop shops[SHOPS];
};

static inline struct tender *tender_make(uint64_t article)
{
    struct tender *t = calloc(1, sizeof *t);

    if (!t)
        panic("tender_make: out of memory");
    t->article = article;
    t->prices = chan_make(sizeof(uint64_t), 0);
    t->refs = 1;
    return t;
}

static inline struct tender *tender_ref(struct tender *t)
{
    __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    return t;
}

static inline void tender_drop(struct tender *t)
{
    if (__atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL))
        return;
    chan_drop(t->prices);
    free(t);
}

/* Shop k, with one reference to the tender. */
static inline struct shop *tender_shop(struct tender *t, uint64_t k)
{
    t->shops[k] = (struct shop){ tender_ref(t), k };
    return &t->shops[k];
}

/* The task of one shop. */
static inline void shop_ask(void *arg)
{
    struct shop *shop = arg;
    struct tender *t = shop->tender;
    uint64_t cents = 1000 + (7 * t->article + 31 * shop->number) % 97;

    chan_send(t->prices, &cents);
    wg_done(&t->asking);
    tender_drop(t);
}

/* No price comes any more when all shops have sent theirs.  Takes over one reference. */
static inline void tender_finish(void *arg)
{
    struct tender *t = arg;

    wg_wait(&t->asking);
    chan_close(t->prices);
    tender_drop(t);
}

/* The lowest of all prices that come. */
static inline uint64_t tender_lowest(struct tender *t)
{
    uint64_t cents, lowest = UINT64_MAX;

    while (chan_recv(t->prices, &cents))
        lowest = cents < lowest ? cents : lowest;
    return lowest;
}

#endif
