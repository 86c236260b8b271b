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
          .why = "a reader counts itself in and out; of a mutex, who comes meanwhile spins or waits",
          .varies = "which of the two is dearer depends on what it takes to pass a word from core "
                    "to core" },
    },
    .aged = {
        { .what = "on two cores an RWMutex that is mostly read is no slower than a mutex",
          .claim = "time", .under = 1.1 },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
