/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->indexer = chan_make(0, 0);
}

static void tear_down(struct scene *s)
{
    chan_drop(s->indexer);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "every call waits for a service that is down, for ever" },
        { .column = "leaked", .bad = FLAT, .good = FLAT,
          .why = "none is proved lost: the service could answer at any time, and only does not" },
        { .column = "contexts", .bad = FLAT, .good = FLAT,
          .why = "every request's context is cancelled in both; in bad nobody was given it" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many calls; they end" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "each call keeps its stack and the whole body of its request" },
    },
    .aged = {
        { .what = "what a handler started and left is alive for ever",
          .claim = "tasks" },
        { .what = "and holds memory",
          .claim = "rss_bytes" },
        { .what = "context.WithoutCancel keeps the values without the cancel", .since = "1.21",
          .cited = "go.dev/doc/go1.21 (context)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
