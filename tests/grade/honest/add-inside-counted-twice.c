/* SPDX-License-Identifier: MIT */
/* Wrong: counted by who starts them, and once more by themselves. */
#include "scene.h"

static void load(void *arg)
{
    struct part *part = arg;
    struct page *page = part->page;

    wg_add(&page->loading, 1);
    part_load(part);
    wg_done(&page->loading);
    page_drop(page);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page *page = page_make(i);

    (void)s;
    wg_add(&page->loading, PARTS);
    for (int k = 0; k < PARTS; k++)
        go(load, page_part(page, k));
    wg_wait(&page->loading);
    return page_send(page);
}

const struct twin THIS = { op };
