/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void probe(struct scene *s, struct sample *out)
{
    out->calls = (int64_t)s->calls;
}

const struct tip THIS = {
    .dial = CLIENTS,
    .points = { 4, 16, 64 },
    .dial_unit = "requests that miss at once",
    .says = { { .column = "calls", .bad = FLAT } },
    .claims = {
        { .column = "calls", .bad = GROWS, .good = FLAT,
          .why = "everybody who finds the entry gone fetches it; in good one does" },
    },
    .aged = {
        { .what = "of those who miss at once each asks, unless the program sees to it",
          .claim = "calls" },
    },
    .scene_bytes = sizeof(struct scene),
    .probe = probe,
};
