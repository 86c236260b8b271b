/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->transactions = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "transactions per request, one of a thousand of which fails",
    .defaults = { .ops = 64, .size = 64 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "one a transaction, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "the transaction itself is nearly free here, so the record is most of it" },
    },
    .aged = {
        { .what = "defers of a function without loops take no record", .since = "1.14",
          .probe = "three-take-nothing", .cited = "go.dev/doc/go1.14 (runtime)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
