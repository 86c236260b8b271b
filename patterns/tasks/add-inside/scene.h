/* SPDX-License-Identifier: MIT */
/* A request shows a page of ten parts.  Each part is loaded by a task of its own, and what is sent
 * is what has been loaded by then.
 *
 * With one worker a new task begins when its starter waits, and no sooner: this is the schedule
 * under which the mistake shows, and the runtime keeps to it in every run. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "sync.h"

enum { PARTS = 10 };

struct scene {
    int unused; /* the requests share nothing */
};

struct page;

struct part {
    struct page *page;
    uint64_t number; /* on the page */
};

/* Shared by the request and its tasks; the last to let go frees it. */
struct page {
    uint64_t number;
    struct waitgroup loading;
    uint64_t bytes; /* atomic: loaded so far */
    int refs;       /* atomic */
    struct part parts[PARTS];
};

static inline struct page *page_make(uint64_t number)
{
    struct page *p = calloc(1, sizeof *p);

    if (!p)
        panic("page_make: out of memory");
    p->number = number;
    p->refs = 1;
    return p;
}

static inline void page_drop(struct page *p)
{
    if (__atomic_sub_fetch(&p->refs, 1, __ATOMIC_ACQ_REL) == 0)
        free(p);
}

/* Part k of the page, with one reference to it. */
static inline struct part *page_part(struct page *p, int k)
{
    __atomic_add_fetch(&p->refs, 1, __ATOMIC_RELAXED);
    p->parts[k] = (struct part){ p, (uint64_t)k };
    return &p->parts[k];
}

static inline void part_load(struct part *part)
{
    uint64_t bytes = 1000 + (part->page->number + 7 * part->number) % 100;

    __atomic_add_fetch(&part->page->bytes, bytes, __ATOMIC_RELAXED);
}

/* Send what has been loaded, and let go of the page.  How much that was. */
static inline uint64_t page_send(struct page *p)
{
    uint64_t bytes = __atomic_load_n(&p->bytes, __ATOMIC_RELAXED);

    page_drop(p);
    return bytes;
}

#endif
