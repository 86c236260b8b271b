/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests that ask five shops",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the shops wait for somebody to receive, and the request for the shops" },
    },
    .aged = {
        { .what = "who waits for all senders before it receives waits for ever",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
