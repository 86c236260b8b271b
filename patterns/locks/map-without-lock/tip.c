/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void tear_down(struct scene *s)
{
    free(s->map.slots);
}

const struct tip THIS = {
    .dial = OPS,
    /* The last is as long as many turns of a busy machine: whoever loses its processor inside
     * the map is met there by the other worker, if they never were inside at the same time. */
    .points = { 64, 524288 },
    .dial_unit = "requests",
    .defaults = { .workers = 2 },
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = DIES, .good = IS_OK,
          .why = "a writer comes while another is inside, and the map ends the process: fatal error: "
                 "concurrent map writes" },
    },
    .aged = {
        { .what = "two writers at once in a map end the process", .since = "1.6",
          .claim = "outcome", .cited = "go.dev/doc/go1.6 (runtime)" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
};
