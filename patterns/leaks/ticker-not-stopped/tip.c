/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "jobs",
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one reporter a job waits for the tick of a ticker that is stopped" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: only the reporters still know their tickers" },
        { .column = "timers", .bad = FLAT, .good = FLAT,
          .why = "both stop their ticker; that is not what is missing" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the waiting reporter holds the ticker and its channel" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many reporters; they end" },
    },
    .aged = {
        { .what = "a range over a stopped ticker never ends",
          .claim = "tasks" },
        { .what = "the collector takes a ticker that nobody stopped and nobody refers to", .since = "1.23",
          .probe = "ticker-collected" },
    },
    .scene_bytes = sizeof(struct scene),
};
