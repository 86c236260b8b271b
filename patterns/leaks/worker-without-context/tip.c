/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one worker a request, asleep most of the time, for ever" },
        { .column = "leaked", .bad = FLAT, .good = FLAT,
          .why = "none is proved lost: the clock wakes each of them again and again" },
        { .column = "contexts", .bad = FLAT, .good = FLAT,
          .why = "the context was there and was cancelled; the worker did not look" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many workers; they end" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "each worker keeps its stack and its session" },
    },
    .aged = {
        { .what = "a goroutine that nobody tells to stop does not stop",
          .claim = "tasks" },
        { .what = "the goroutineleak profile does not name one that a clock wakes",
          .probe = "ticking-not-named" },
    },
    .scene_bytes = sizeof(struct scene),
};
