/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readings = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 100, 400, 1600 },
    .dial_unit = "readings per request",
    .chart = TIME_CURVE,
    .curve = { 1, 4, 16, 64, 256, 1600 },
    .defaults = { .ops = 64, .clients = 1 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "time", .bad = SLOWER,
          .why = "64 channel operations where one would do" },
        { .column = "channels_made", .bad = FLAT, .good = FLAT,
          .why = "one a request in both" },
    },
    .aged = {
        { .what = "a channel operation for each item is slower than one for 64",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
