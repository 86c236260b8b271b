/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->updates = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "updates per request",
    .defaults = { .ops = 64, .size = 64 },
    .says = { { .column = "time", .bad = SLOWER } },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "a record for each update, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "the record costs as much as the lock" },
    },
    .aged = {
        { .what = "defers of a function without loops take no record", .since = "1.14",
          .probe = "three-take-nothing", .cited = "go.dev/doc/go1.14 (runtime)" },
        { .what = "a short deferred call, such as Unlock, is written in and not called", .since = "1.22",
          .probe = "short-defer-written-in" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
