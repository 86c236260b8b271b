/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readings = p->size;
}

/* Counted up to where a request is not worth two tasks, and timed where it is worth sixteen, on
 * two workers: else there would be nothing to gain from sorting at the same time. */
const struct tip THIS = {
    .dial = SIZE,
    .points = { 128, 256, 512, 1024 },
    .dial_unit = "readings per request",
    .chart = TIME_CURVE,
    .curve = { 4, 64, 1024, 4096, 16384 },
    .defaults = { .ops = 16, .size = 16384, .clients = 1, .workers = 2 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "tasks_started", .bad = GROWS, .good = FLAT,
          .why = "a task for every split, half of them to sort one reading" },
        { .column = "time", .bad = SLOWER,
          .why = "most splits are of so few readings that the task costs more than the sorting" },
    },
    .aged = {
        { .what = "a goroutine for every split makes a merge sort slower",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
