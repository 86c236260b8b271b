/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "documents with four validators",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the first turn waits for four, of which it has started one" },
    },
    .aged = {
        { .what = "a wait in the loop that starts what it waits for never ends",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
