/* SPDX-License-Identifier: MIT */
/* A request adds up prices, which a task sends it one by one and then closes the channel.
 * The adding is a helper of its own, as if it came from another team. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"

enum { PRICES = 8 }; /* a request */

struct scene {
    uint64_t sent; /* atomic: prices, over all requests */
};

/* What the sending task owns. */
struct quote {
    struct scene *scene;
    uint64_t number;
    struct chan *prices; /* one reference */
};

/* The task that sends.  It is the only sender, so it may close, and it does. */
static inline void quote_send(void *arg)
{
    struct quote *q = arg;
    struct chan_tx prices = { q->prices };

    for (uint64_t k = 1; k <= PRICES; k++) {
        uint64_t price = q->number + k;
        tx_send(prices, &price);
        __atomic_add_fetch(&q->scene->sent, 1, __ATOMIC_RELAXED);
    }
    tx_close(prices);
    chan_drop(q->prices);
    free(q);
}

/* Start the sender of request i.  The channel is the caller's. */
static inline struct chan *quote_start(struct scene *s, uint64_t i)
{
    struct chan *prices = chan_make(sizeof(uint64_t), 0);
    struct quote *q = malloc(sizeof *q);

    if (!q)
        panic("quote_start: out of memory");
    *q = (struct quote){ s, i, chan_ref(prices) };
    go(quote_send, q);
    return prices;
}

#endif
