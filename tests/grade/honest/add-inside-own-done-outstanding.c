/* SPDX-License-Identifier: MIT */
/* Right: who is counted himself counts the others, before they are started. */
#include "scene.h"

static void load(void *arg)
{
    struct part *part = arg;
    struct page *page = part->page;

    if (part->number == 0)
        for (int k = 1; k < PARTS; k++) {
            wg_add(&page->loading, 1);
            go(load, page_part(page, k));
        }
    part_load(part);
    wg_done(&page->loading);
    page_drop(page);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page *page = page_make(i);

    (void)s;
    wg_add(&page->loading, 1);
    go(load, page_part(page, 0));
    wg_wait(&page->loading);
    return page_send(page);
}

const struct twin THIS = { op };
