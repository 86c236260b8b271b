/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void *new_scratch(void *arg)
{
    (void)arg;
    return scratch_make();
}

static void setup(struct scene *s, const struct params *p)
{
    s->lookups = p->size;
    s->pool = pool_make(new_scratch, NULL, free);
}

static void tear_down(struct scene *s)
{
    struct scratch *next;

    pool_free(s->pool);
    for (struct scratch *w = s->list.first; w; w = next) {
        next = w->next;
        free(w);
    }
}

const struct tip THIS = {
    .dial = WORKERS,
    .points = { 1, 2 },
    .dial_unit = "workers",
    .defaults = { .ops = 200000, .size = 100 }, /* long enough to be interrupted inside the lock */
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "lock_waits", .bad = GROWS, .good = FLAT,
          .why = "one worker meets nobody inside; of two, one is sure to come while the other is in, if "
                 "only because the system took its processor away there" },
        { .column = "time", .bad = SLOWER,
          .why = "the list's line travels from core to core with every lock, and whoever waits is parked and woken" },
    },
    .aged = {
        { .what = "a list under one lock is slower",
          .claim = "time" },
        { .what = "the shared part of a sync.Pool takes no lock", .since = "1.13",
          .cited = "github.com/golang/go/commit/d5fd2dd6a17a" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
