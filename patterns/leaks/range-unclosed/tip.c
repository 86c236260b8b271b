/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->lines = (int)p->size;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .defaults = { .size = 3 },
    .says = { { .column = "tasks", .bad = GROWS, .good = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one logger a request waits in its range for ever" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: nothing that can still run knows its channel" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the waiting logger holds the last reference to its channel" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many tasks; they end" },
    },
    .aged = {
        { .what = "a range over a channel that nobody closes never ends",
          .claim = "tasks" },
        { .what = "the collector takes no goroutine that is parked",
          .probe = "parked-is-alive" },
        { .what = "the goroutineleak profile names such a goroutine, without an experiment", .since = "1.27",
          .probe = "range-named-lost", .cited = "go.dev/doc/go1.26 (runtime): an experiment there" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
