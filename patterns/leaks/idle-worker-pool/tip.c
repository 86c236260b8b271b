/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->workers = p->size;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "requests, each with a pool of four workers",
    .defaults = { .size = 4 },
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "four workers a request wait at a queue that nobody can reach any more" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: only the workers themselves still know the pool" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the workers hold the pool, and the pool its queue" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many workers; they go home" },
    },
    .aged = {
        { .what = "workers that wait at a queue nobody can reach are alive for ever",
          .claim = "tasks" },
        { .what = "a finalizer of a pool that its workers hold never runs",
          .probe = "held-pool-not-finalized" },
        { .what = "a finalizer of a handle that they do not hold runs, and can close the queue",
          .probe = "handle-finalized" },
        { .what = "runtime.AddCleanup does that, too, and several for one object", .since = "1.24",
          .cited = "go.dev/doc/go1.24 (runtime)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
