/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readings = (p->size + TASKS - 1) / TASKS * TASKS;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "readings per request",
    .chart = TIME_CURVE,
    .curve = { 8, 16, 32, 64, 256, 1024 },
    .defaults = { .ops = 64, .clients = 1 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "tasks_started", .bad = GROWS, .good = FLAT,
          .why = "one a reading, where eight a request would do" },
        { .column = "tasks_peak", .bad = GROWS, .good = FLAT,
          .why = "they are all started before the first of them runs" },
        { .column = "time", .bad = SLOWER,
          .why = "a task costs more than a reading" },
    },
    .aged = {
        { .what = "a goroutine for each item is slower where an item takes tens of nanoseconds",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
