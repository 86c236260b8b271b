/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->files = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 1, 4, 16, 64, 256, 1024 },
    .dial_unit = "files per request",
    .defaults = { .ops = 64 },
    .says = { { .column = "cleanups_peak", .bad = FLAT } },
    .claims = {
        { .column = "cleanups_peak", .bad = GROWS, .good = FLAT,
          .why = "all files of the request are open at its end" },
        { .column = "cleanups", .bad = GROWS, .good = GROWS,
          .why = "good registers as many; it does not collect them" },
    },
    .aged = {
        { .what = "each defer in a loop takes a record",
          .probe = "loop-takes-records" },
        { .what = "a closure in a loop sees the variable of its own iteration", .since = "1.22",
          .probe = "loop-variable-each" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
