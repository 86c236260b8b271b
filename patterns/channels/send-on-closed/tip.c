/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = PANICS, .good = IS_OK,
          .why = "two of three shards still have to send when the receiver closes" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the shards end, all of them" },
    },
    .aged = {
        { .what = "a send on a closed channel panics, also one that was waiting",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
