/* SPDX-License-Identifier: MIT */
/* Right: a cleanup closes. */
#include "scene.h"
#include "defer.h"

static void stop(void *crawl)
{
    struct crawl *c = crawl;

    chan_close(c->stop);
    crawl_drop(c);
}

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
    DEFER_SCOPE;
    struct crawl *c = crawl_begin(i);

    defer(stop, c);
    for (uint64_t k = 0; k < s->fetchers; k++)
        go(fetch, crawl_ref(c));
    return crawl_run(c, 2 * s->fetchers);
}

const struct twin THIS = { op };
