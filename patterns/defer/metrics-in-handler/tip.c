/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->handlers = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "handlers per request",
    .defaults = { .ops = 64, .size = 64 },
    .says = { { .column = "time", .bad = SLOWER } },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "one a handler, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "beside a handler of two nanoseconds the record is nearly all there is" },
    },
    .aged = {
        { .what = "defers of a function without loops take no record", .since = "1.14",
          .probe = "three-take-nothing", .cited = "go.dev/doc/go1.14 (runtime)" },
        { .what = "the arguments are evaluated where defer stands",
          .probe = "arguments-at-defer" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
