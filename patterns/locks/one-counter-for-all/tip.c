/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->chunks = p->size;
}

/* The metrics read the counters. */
static void probe(struct scene *s, struct sample *out)
{
    (void)out;
    s->total = s->sent.bytes;
    for (int k = 0; k < SHARDS; k++)
        s->total += s->shard[k].bytes;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256 },
    .dial_unit = "updates per request",
    .defaults = { .ops = 256, .size = 256, .workers = 2 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "time", .bad = SLOWER, .ratio = 1.5,
          .why = "the line of the one counter travels from core to core with every addition" },
        { .column = "lock_waits", .bad = FLAT, .good = FLAT,
          .why = "nobody waits for a lock, for there is none: it is the memory that is waited for" },
    },
    .aged = {
        { .what = "one atomic counter for two workers is slower than one for each",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .probe = probe,
};
