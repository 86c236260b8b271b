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
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the waiting logger holds the last reference to its channel" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many tasks; they end" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
