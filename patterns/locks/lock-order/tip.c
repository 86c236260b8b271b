/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "transfers, every other one in the other direction",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "two transfers have one account each, and wait for the other's" },
    },
    .aged = {
        { .what = "two locks taken in both orders end in a deadlock when the two meet",
          .claim = "outcome" },
        { .what = "the goroutineleak profile names two in a circle of locks that nobody else knows",
          .since = "1.27", .probe = "circle-named-lost",
          .cited = "go.dev/doc/go1.26 (runtime): an experiment there" },
    },
    .scene_bytes = sizeof(struct scene),
};
