/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void probe(struct scene *s, struct sample *out)
{
    out->out_of_turn = (int64_t)s->late;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 256, 1024, 4096 },
    .dial_unit = "batches, of which each fails at its ninth job",
    .says = { { .column = "out_of_turn", .bad = FLAT } },
    .claims = {
        { .column = "out_of_turn", .bad = GROWS, .good = FLAT,
          .why = "of two cases that are ready select takes either, so every second time another job" },
        { .column = "contexts", .bad = FLAT, .good = FLAT,
          .why = "the batch is cancelled in both; that alone stops nobody" },
    },
    .aged = {
        { .what = "of several cases that are ready select takes each as often as the others",
          .probe = "select-takes-either" },
    },
    .scene_bytes = sizeof(struct scene),
    .probe = probe,
};
