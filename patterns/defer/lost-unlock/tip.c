/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "requests, every eighth of which panics",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the lock of the first request that panicked is never given back" },
    },
    .scene_bytes = sizeof(struct scene),
};
