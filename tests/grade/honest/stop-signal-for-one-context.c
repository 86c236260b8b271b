/* SPDX-License-Identifier: MIT */
/* Right: a context is cancelled instead of the channel that is there to stop.
 */
#include "scene.h"

#include "ctx.h"

struct fetcher {
    struct crawl *crawl;
    struct ctx *ctx;
};

static void fetch(void *arg)
{
    struct fetcher f = *(struct fetcher *)arg;
    uint64_t page;

    free(arg);
    while (chan_select(RECV(ctx_done(f.ctx), NULL), RECV(f.crawl->pages, &page)) == 1)
        crawl_fetch(f.crawl, page);
    ctx_drop(f.ctx);
    crawl_drop(f.crawl);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct crawl *c = crawl_begin(i);
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    for (uint64_t k = 0; k < s->fetchers; k++) {
        struct fetcher *f = malloc(sizeof *f);
        if (!f)
            panic("out of memory");
        *f = (struct fetcher){ crawl_ref(c), ctx_ref(ctx) };
        go(fetch, f);
    }
    uint64_t words = crawl_run(c, 2 * s->fetchers);
    ctx_cancel(ctx, "all pages are there");
    ctx_drop(ctx);
    crawl_drop(c);
    return words;
}

const struct twin THIS = { op };
