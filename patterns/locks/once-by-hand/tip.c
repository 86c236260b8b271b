/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "requests",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "the flag says loaded as soon as the loading begins, and the next request takes its word" },
    },
    .aged = {
        { .what = "a flag that is set before the work lets others in while it is done",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
