/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "accounts, with two payments each",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "each payment has a lock of its own, and one of the two is lost" },
    },
    .aged = {
        { .what = "a copy of a mutex excludes nobody",
          .claim = "outcome" },
        { .what = "a copied Cond panics when it is used", .probe = "copied-cond-panics" },
        { .what = "a copied Mutex works like any other", .probe = "copied-mutex-works" },
    },
    .scene_bytes = sizeof(struct scene),
};
