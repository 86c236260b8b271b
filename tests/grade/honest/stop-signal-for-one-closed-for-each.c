/* SPDX-License-Identifier: MIT */
/* Wrong: a close is for all, and there is only one. */
#include "scene.h"

static void fetch(void *arg)
{
    struct crawl *c = arg;
    uint64_t page;

    while (chan_select(RECV(c->pages, &page), RECV(c->stop, NULL)) == 0)
        crawl_fetch(c, page);
    crawl_drop(c);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct crawl *c = crawl_begin(i);

    for (uint64_t k = 0; k < s->fetchers; k++)
        go(fetch, crawl_ref(c));
    uint64_t words = crawl_run(c, 2 * s->fetchers);
    for (uint64_t k = 0; k < s->fetchers; k++)
        chan_close(c->stop);
    crawl_drop(c);
    return words;
}

const struct twin THIS = { op };
