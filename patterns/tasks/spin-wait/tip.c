/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->pieces = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 64, 256, 1024 },
    .dial_unit = "pieces that are waited for",
    .defaults = { .ops = 64, .clients = 1 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "switches", .bad = GROWS, .good = FLAT,
          .why = "the one that waits is run after each piece, to find that it is not yet time" },
        { .column = "parks", .bad = FLAT, .good = FLAT,
          .why = "good waits once; bad not at all, it is always ready" },
        { .column = "time", .bad = SLOWER,
          .why = "what waits takes its turns from what it waits for" },
    },
    .aged = {
        { .what = "who polls and gives way holds up what it waits for",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
