/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->changed = chan_make(sizeof(int), 0);
    wg_add(&s->window, 1);
    go(show_stock, s);
}

static void tear_down(struct scene *s)
{
    chan_close(s->changed);
    wg_wait(&s->window);
    chan_drop(s->changed);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "orders of two articles",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the order waits for the window to receive, and the window for the order's lock" },
    },
    .aged = {
        { .what = "a send under the lock that the receiver waits for never ends",
          .claim = "outcome" },
        { .what = "a dump of goroutines says \"sync.Mutex.Lock\" of who waits for a lock",
          .since = "1.20", .probe = "dump-names-the-mutex" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
