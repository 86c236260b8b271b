/* SPDX-License-Identifier: MIT */
/* Right: whoever receives the signal passes it on, to all. */
#include "scene.h"

static void fetch(void *arg)
{
    struct crawl *c = arg;
    uint64_t page;
    struct select_case cases[] = { RECV(c->pages, &page), RECV(c->stop, NULL) };

    while (select_wait(cases, 2) == 0)
        crawl_fetch(c, page);
    if (cases[1].ok)
        chan_close(c->stop);
    crawl_drop(c);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct crawl *c = crawl_begin(i);

    for (uint64_t k = 0; k < s->fetchers; k++)
        go(fetch, crawl_ref(c));
    uint64_t words = crawl_run(c, 2 * s->fetchers);
    chan_send(c->stop, NULL);
    crawl_drop(c);
    return words;
}

const struct twin THIS = { op };
