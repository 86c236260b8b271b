/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->values = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 8, 16, 32, 64 },
    .dial_unit = "values per request",
    .defaults = { .ops = 256, .size = 64, .clients = 1 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "switches", .bad = GROWS, .good = FLAT,
          .why = "a bufferful goes through in one go" },
        { .column = "time", .bad = SLOWER,
          .why = "what a switch costs, the value costs" },
    },
    .aged = {
        { .what = "without a buffer two steady stages are slower",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
