/* SPDX-License-Identifier: MIT */
/* An order takes two articles off the stock.  Whatever changes there is told to the shop
 * window: a task that looks up how many are left, and writes it on the label. */
#ifndef SCENE_H
#define SCENE_H

#include <stdio.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { ARTICLES = 16, LINES = 2 };

struct scene {
    struct mutex mutex;
    int64_t stock[ARTICLES];   /* under the mutex */
    struct chan *changed;      /* numbers of articles, for the shop window */
    uint64_t shown;            /* the window's own: labels written */
    char labels[ARTICLES][32]; /* likewise */
    struct waitgroup window;   /* done when it has closed */
};

struct order {
    int articles[LINES];
    uint64_t cents;
};

static inline struct order order_read(uint64_t i)
{
    return (struct order){ { (int)(i % ARTICLES), (int)(i / ARTICLES % ARTICLES) }, 990 + i % 7 };
}

/* The shop window. */
static inline void show_stock(void *arg)
{
    struct scene *s = arg;
    int article;

    while (chan_recv(s->changed, &article)) {
        mutex_lock(&s->mutex);
        int64_t left = s->stock[article];
        mutex_unlock(&s->mutex);
        snprintf(s->labels[article], sizeof s->labels[article], "%lld left", (long long)left);
        s->shown++;
    }
    wg_done(&s->window);
}

#endif
