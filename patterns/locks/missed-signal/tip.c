/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests that wait for two answers",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the stock was signalled before the price, and nobody was waiting for it" },
    },
    .aged = {
        { .what = "a signal that nobody waits for is lost",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
