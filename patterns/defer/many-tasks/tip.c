/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "Three cleanups in each of ten thousand tasks",
    .folklore = "Merge your cleanups: with ten thousand tasks, three in each instead of one cost half as much again.",
    .rule = "Things that are taken together and given back together are one cleanup. Their order is then written down in one "
            "place, and a task holds one record instead of three.",
    .go_line = "go func() { defer wg.Done(); defer buf.Free(); defer inFlight.Add(-1); work(buf) }()",
    .when_not = "When the things are taken one by one and taking the second may fail: then each cleanup must be "
                "registered at once, or the first leaks. Three records a task are nothing beside a stack.",
    .aged = "Since Go 1.14 up to eight defers of a function without loops cost a bit each and no record, so three are as good as "
            "one. It was worth doing up to 1.12, when each took a record from the heap or a pool.",
    .dial = OPS,
    .points = { 12500, 25000, 50000, 100000 },
    .dial_unit = "tasks",
    .defaults = { .ops = 12500 },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = GROWS,
          .why = "three a task against one: 3:1 at every point" },
        { .column = "tasks", .bad = FLAT, .good = FLAT,
          .why = "neither leaks" },
        { .column = "time", .bad = SLOWER, .ratio = 1.5, .refuted = true,
          .why = "there are three times as many records, but starting a task costs ten times what a record does: "
                 "about a tenth more, not half as much again" },
    },
    .scene_bytes = sizeof(struct scene),
};
