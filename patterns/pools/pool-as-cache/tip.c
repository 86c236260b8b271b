/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void setup(struct scene *s, const struct params *p)
{
    s->collections = p->size;
    s->pool = pool_make(NULL, NULL, NULL);
    s->map = &s->kept;
}

static void tear_down(struct scene *s)
{
    pool_free(s->pool);
}

/* Wherever the list was kept: a hit is a request that did not load it. */
static void probe(struct scene *s, struct sample *out)
{
    if (s->requests)
        out->pool_hit_rate = (int64_t)(100 * (s->requests - s->loads) / s->requests);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 1, 2, 4 },
    .dial_unit = "collections between two requests",
    .defaults = { .ops = 64, .clients = 1 },
    .says = { { .column = "pool_hit_rate", .bad = FLAT } },
    .claims = {
        { .column = "pool_hit_rate", .bad = FALLS, .good = FLAT,
          .why = "one collection makes it a victim, which Get still finds; the second one takes it away" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
        { .what = "weak pointers are what such a cache is built from", .since = "1.24",
          .cited = "go.dev/doc/go1.24 (weak)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
    .gc = true,
};
