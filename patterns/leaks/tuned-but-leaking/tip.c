/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = WORKERS,
    .points = { 1, 2, 4 },
    .dial_unit = "workers, for 8,192 requests in 256 MiB",
    .defaults = { .ops = 8192, .clients = 8 },
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = DIES, .good = IS_OK,
          .why = "every connection stays, and the memory is finite; without the leak one worker "
                 "is enough" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "good's tasks end, with any number of workers" },
        { .column = "leaked", .bad = NOTHING, .good = FLAT,
          .why = "bad has no end at which to look; of a shorter run's tasks all are proved lost" },
    },
    .aged = {
        { .what = "a leak under a memory limit ends the process, however many workers there are",
          .claim = "outcome" },
        { .what = "GOMEMLIMIT sets a soft limit of memory", .since = "1.19",
          .cited = "go.dev/doc/go1.19 (runtime)" },
        { .what = "GOMAXPROCS follows a container's limit by default", .since = "1.25",
          .cited = "go.dev/doc/go1.25 (runtime)" },
    },
    .capped = true,
    .scene_bytes = sizeof(struct scene),
};
