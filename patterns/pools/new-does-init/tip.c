/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void tear_down(struct scene *s)
{
    pool_free(s->sessions);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "sessions",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "only the first user of each object is billed" },
        { .column = "pool_misses", .bad = NOTHING, .good = FLAT,
          .why = "so often New ran, however many sessions there were" },
    },
    .aged = {
        { .what = "New runs only on a miss",
          .probe = "new-on-a-miss" },
        { .what = "who relies on New for each use comes out wrong",
          .claim = "outcome" },
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
};
