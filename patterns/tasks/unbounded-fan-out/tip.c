/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->records = p->size;
    s->slots = chan_make(0, AT_ONCE);
}

static void tear_down(struct scene *s)
{
    chan_drop(s->slots);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 256, 1024 },
    .dial_unit = "records per request",
    .defaults = { .ops = 4, .clients = 1 },
    .says = { { .column = "rss_peak_bytes", .bad = FLAT } },
    .claims = {
        { .column = "tasks_peak", .bad = GROWS, .good = FLAT,
          .why = "all of them are there at once" },
        { .column = "rss_peak_bytes", .bad = GROWS, .good = FLAT,
          .why = "each that waits for the link holds its image" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many, not as many at once" },
    },
    .aged = {
        { .what = "what is started without a limit is there at once, with all that it holds",
          .claim = "rss_peak_bytes" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
