/* SPDX-License-Identifier: MIT */
/* Right: who is told to stop tells the next one; the last one has nobody to tell. */
#include "scene.h"

struct crew {
    struct crawl *crawl;
    uint64_t at_work; /* atomic */
    int refs;         /* atomic */
};

static void crew_drop(struct crew *w)
{
    if (__atomic_sub_fetch(&w->refs, 1, __ATOMIC_ACQ_REL))
        return;
    crawl_drop(w->crawl);
    free(w);
}

static void fetch(void *arg)
{
    struct crew *w = arg;
    uint64_t page;

next:
    switch (chan_select(RECV(w->crawl->pages, &page), RECV(w->crawl->stop, NULL))) {
    case 0: crawl_fetch(w->crawl, page); goto next;
    case 1:
        if (__atomic_sub_fetch(&w->at_work, 1, __ATOMIC_ACQ_REL))
            chan_send(w->crawl->stop, NULL);
    }
    crew_drop(w);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct crew *w = malloc(sizeof *w);

    if (!w)
        panic("op: out of memory");
    *w = (struct crew){ crawl_begin(i), s->fetchers, (int)s->fetchers + 1 };
    for (uint64_t k = 0; k < s->fetchers; k++)
        go(fetch, w);
    uint64_t words = crawl_run(w->crawl, 2 * s->fetchers);
    chan_send(w->crawl->stop, NULL);
    crew_drop(w);
    return words;
}

const struct twin THIS = { op };
