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
    .says = { { .column = "time", .bad = SLOWER, .ratio = 2 } },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "one a handler, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "beside a handler of two nanoseconds the record is nearly all there is" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
