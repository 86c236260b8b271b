/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readers = (int)p->size;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "texts, with three readers each",
    .defaults = { .size = 3 },
    .says = { { .column = "tasks", .bad = FLAT, .good = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "of three readers two are not woken" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "nobody else knows that text any more, so that they never will be" },
    },
    .aged = {
        { .what = "a signal wakes one of those who wait, and no more",
          .claim = "tasks" },
        { .what = "the goroutineleak profile names who waits for a lost Cond, without an experiment",
          .since = "1.27", .probe = "cond-named-lost",
          .cited = "go.dev/doc/go1.26 (runtime): an experiment there" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
