/* SPDX-License-Identifier: MIT */
/* Wrong: counted, and nobody says that it is done. */
#include "scene.h"

static void load(void *arg)
{
    struct part *part = arg;
    struct page *page = part->page;

    part_load(part);
    page_drop(page);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page *page = page_make(i);

    (void)s;
    for (int k = 0; k < PARTS; k++) {
        wg_add(&page->loading, 1);
        go(load, page_part(page, k));
    }
    wg_wait(&page->loading);
    return page_send(page);
}

const struct twin THIS = { op };
