/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    for (uint64_t k = 0; k < BACKENDS; k++)
        s->table[k].address = 0x0a000001 + k;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 64, 256, 1024 },
    .dial_unit = "requests",
    .defaults = { .ops = 256, .clients = 8 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "lock_waits", .bad = GROWS, .good = FLAT,
          .why = "nearly every request finds the lock taken, by one that waits for its backend" },
        { .column = "time", .bad = SLOWER, .ratio = 3,
          .why = "eight clients wait for their backends one after the other, or all at once" },
    },
    .aged = {
        { .what = "requests that wait under a lock take at least three times as long",
          .claim = "time", .least = 3 },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
