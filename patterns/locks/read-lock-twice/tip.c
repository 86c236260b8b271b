/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->percent[THEIRS] = 100;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "requests, every fifth of which writes",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the second read lock waits for the writer, and the writer for the first" },
    },
    .aged = {
        { .what = "a reader that comes after a waiting writer waits, though others are reading",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
