/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "pages, of which the cache keeps eight",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the ninth page is the first to need an eviction, which waits for its caller's lock" },
    },
    .aged = {
        { .what = "who locks a mutex that he holds himself waits for ever",
          .claim = "outcome" },
        { .what = "a Mutex has a TryLock", .since = "1.18",
          .probe = "mutex-has-trylock" },
    },
    .scene_bytes = sizeof(struct scene),
};
