/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "pages of ten parts",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "nobody has been counted yet when the request waits, so it waits for nobody" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the tasks end, all of them" },
    },
    .aged = {
        { .what = "a task that counts itself can be missed by who waits",
          .claim = "outcome" },
        { .what = "WaitGroup.Go counts, starts and says Done", .since = "1.25",
          .probe = "waitgroup-go" },
        { .what = "go vet reports an Add in a function literal that is started as a goroutine",
          .since = "1.25", .cited = "pkg.go.dev/golang.org/x/tools/go/analysis/passes/waitgroup" },
    },
    .scene_bytes = sizeof(struct scene),
};
