/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void setup(struct scene *s, const struct params *p)
{
    s->batch = p->size;
}

static void probe(struct scene *s, struct sample *out)
{
    out->phantoms = (int64_t)s->phantoms;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "orders a request would take, of which 8 are there",
    .defaults = { .ops = 64 },
    .says = { { .column = "phantoms", .bad = FLAT } },
    .claims = {
        { .column = "phantoms", .bad = GROWS, .good = FLAT,
          .why = "all that is missing in the batch is served as customer 0" },
    },
    .aged = {
        { .what = "a closed channel gives zero values for ever",
          .probe = "closed-gives-zero" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .probe = probe,
};
