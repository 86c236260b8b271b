/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "task.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->results = calloc(1, sizeof *s->results);
    if (!s->results)
        panic("map-without-lock: out of memory");
}

static void tear_down(struct scene *s)
{
    free(s->results->map.slots);
    free(s->results);
}

static void probe(struct scene *s, struct sample *out)
{
    (void)out;
    s->entered = s->results->map.used;
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
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
