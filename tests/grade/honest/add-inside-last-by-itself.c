/* SPDX-License-Identifier: MIT */
/* Right: the request loads the last part itself. */
#include "scene.h"

static void load(void *arg)
{
    struct part *part = arg;
    struct page *page = part->page;

    part_load(part);
    wg_done(&page->loading);
    page_drop(page);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page *page = page_make(i);

    (void)s;
    wg_add(&page->loading, PARTS);
    for (int k = 0; k < PARTS - 1; k++)
        go(load, page_part(page, k));
    load(page_part(page, PARTS - 1));
    wg_wait(&page->loading);
    return page_send(page);
}

const struct twin THIS = { op };
