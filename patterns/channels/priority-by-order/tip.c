/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void probe(struct scene *s, struct sample *out)
{
    out->out_of_turn = (int64_t)s->before;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 256, 1024, 4096 },
    .dial_unit = "turns, of 4 urgent messages and 12 others each",
    .says = { { .column = "out_of_turn", .bad = FLAT } },
    .claims = {
        { .column = "out_of_turn", .bad = GROWS, .good = FLAT,
          .why = "the order in which the cases are written is no order in which they are looked at" },
        { .column = "channels_made", .bad = GROWS, .good = GROWS,
          .why = "both have two queues; a queue for what is urgent is not enough" },
    },
    .aged = {
        { .what = "of several cases that are ready select takes each as often as the others",
          .probe = "select-takes-either" },
    },
    .scene_bytes = sizeof(struct scene),
    .probe = probe,
};
