/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->steps = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "steps per request, a cleanup each",
    .chart = CLEANUP_BARS,
    .defaults = { .ops = 64, .size = 64 },
    .says = {
        { .column = "cleanups", .good = GROWS },
        { .column = "time", .bad = NOT_SLOWER },
    },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = GROWS, .refuted = true,
          .why = "a record each, people say, however it is written; good registers as many and takes none" },
        { .column = "time", .bad = SLOWER,
          .why = "the record is several times the call that it is for" },
    },
    .aged = {
        { .what = "defers of a function without loops take no record", .since = "1.14",
          .probe = "three-take-nothing", .cited = "go.dev/doc/go1.14 (runtime)" },
        { .what = "each defer in a loop takes a record",
          .probe = "loop-takes-records" },
        { .what = "a record in a loop costs at least five times a defer that is written out",
          .claim = "time", .least = 5 },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
