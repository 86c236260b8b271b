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
    .aged = {
        { .what = "a deferred call runs on panic and on Goexit",
          .probe = "runs-on-panic-and-goexit" },
        { .what = "a lock that a panic skipped the unlock of is never given back",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
