/* SPDX-License-Identifier: MIT */
/* A request fetches the pages of a site, by several tasks at once that take page after page
 * until they are told to stop. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "select.h"
#include "sync.h"

struct scene {
    uint64_t fetchers; /* a request */
};

/* Shared by the request and its fetchers; the last to let go frees it. */
struct crawl {
    uint64_t number;
    struct chan *pages, *stop;
    struct waitgroup fetching;
    uint64_t words; /* atomic: on all pages */
    int refs;       /* atomic */
};

static inline struct crawl *crawl_begin(uint64_t i)
{
    struct crawl *c = calloc(1, sizeof *c);

    if (!c)
        panic("crawl_begin: out of memory");
    c->number = i;
    c->pages = chan_make(sizeof(uint64_t), 0);
    c->stop = chan_make(0, 0);
    c->refs = 1;
    return c;
}

static inline struct crawl *crawl_ref(struct crawl *c)
{
    __atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
    return c;
}

static inline void crawl_drop(struct crawl *c)
{
    if (__atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL))
        return;
    chan_drop(c->pages);
    chan_drop(c->stop);
    free(c);
}

/* By a fetcher: count the words of a page. */
static inline void crawl_fetch(struct crawl *c, uint64_t page)
{
    __atomic_add_fetch(&c->words, 100 + (c->number + page) % 400, __ATOMIC_RELAXED);
    wg_done(&c->fetching);
}

/* Hand out so many pages, wait until all are fetched, and return their words. */
static inline uint64_t crawl_run(struct crawl *c, uint64_t pages)
{
    wg_add(&c->fetching, (int64_t)pages);
    for (uint64_t page = 0; page < pages; page++)
        chan_send(c->pages, &page);
    wg_wait(&c->fetching);
    return c->words;
}

#endif
