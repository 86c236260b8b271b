/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->chunks = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256 },
    .dial_unit = "updates per request",
    .chart = COUNTER_BARS,
    .defaults = { .ops = 256, .size = 256, .workers = 2 },
    .says = { { .column = "time", .bad = SLOWER } },
    .claims = {
        { .column = "time", .bad = SLOWER,
          .why = "lock and unlock are two atomic operations around the addition, and whoever waits is "
                 "parked and woken" },
    },
    .aged = {
        { .what = "a counter under a mutex is slower than an atomic one",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
