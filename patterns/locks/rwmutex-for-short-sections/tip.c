/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->entries = p->size;
    for (uint32_t k = 0; k < SETTINGS; k++)
        s->settings[k] = setting_of(k);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 1, 16, 256 },
    .dial_unit = "entries read under the lock",
    .chart = TIME_CURVE,
    .curve = { 1, 4, 16, 64, 256, 1024, 4096 },
    .defaults = { .ops = 256, .size = 1, .workers = 2 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "time", .bad = SLOWER,
          .why = "a reader counts itself in and out, and both under the lock's own short lock",
          .go.why = "a reader of Go's that meets no writer adds to one word twice; and its mutex has "
                    "whoever comes meanwhile spin and park" },
    },
    .aged = {
        { .what = "on two cores an RWMutex that is mostly read is no slower than a mutex",
          .claim = "time", .under = 1.1 },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
