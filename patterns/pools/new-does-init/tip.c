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
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
};
