/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "orders of eight lines",
    .says = { { .column = "outcome", .bad = IS_WRONG, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "every task finds the last line, for that is what the variable holds by then",
          .go = { .why = "each turn of a loop has a variable of its own", .since = "1.22" } },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the tasks end, all of them" },
    },
    .aged = {
        { .what = "each turn of a loop has a variable of its own", .since = "1.22",
          .claim = "outcome", .gone = true,
          .cited = "go.dev/doc/go1.22 (language); the go line of go.mod decides" },
    },
    .scene_bytes = sizeof(struct scene),
};
