/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 12500, 25000, 50000, 100000 },
    .dial_unit = "tasks",
    .defaults = { .ops = 12500 },
    .says = { { .column = "time", .bad = SLOWER, .ratio = 1.5 } },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = GROWS,
          .why = "three a task against one: 3:1 at every point" },
        { .column = "tasks", .bad = FLAT, .good = FLAT,
          .why = "neither leaks" },
        { .column = "time", .bad = SLOWER, .ratio = 1.5, .refuted = true,
          .why = "there are three times as many records, but starting a task costs ten times what a record does: "
                 "about a tenth more, not half as much again" },
    },
    .aged = {
        { .what = "defers of a function without loops take no record", .since = "1.14",
          .probe = "three-take-nothing", .cited = "go.dev/doc/go1.14 (runtime)" },
    },
    .scene_bytes = sizeof(struct scene),
};
