/* SPDX-License-Identifier: MIT */
/* Right: no wait group; each task says so on a channel, and as many are received. */
#include "chan.h"
#include "scene.h"

struct loading {
    struct part *part;
    struct chan *done;
};

static void load(void *arg)
{
    struct loading l = *(struct loading *)arg;

    part_load(l.part);
    page_drop(l.part->page);
    chan_send(l.done, NULL);
    chan_drop(l.done);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page *page = page_make(i);
    struct chan *done = chan_make(0, PARTS);
    struct loading parts[PARTS];

    (void)s;
    for (int k = 0; k < PARTS; k++) {
        parts[k] = (struct loading){ page_part(page, k), chan_ref(done) };
        go(load, &parts[k]);
    }
    for (int k = 0; k < PARTS; k++)
        chan_recv(done, NULL);
    chan_drop(done);
    return page_send(page);
}

const struct twin THIS = { op };
