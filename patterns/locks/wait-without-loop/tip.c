/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "buyers who wait for a seat",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "the buyer is woken for a seat that is taken again, and gets one that is not free" },
    },
    .aged = {
        { .what = "who was signalled may find that it is not so any more",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
