/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->reports = p->size;
    for (uint64_t device = 0; device < DEVICES; device++) {
        syncmap_store(s, device, 0);
        locked_store(s, device, 0);
    }
}

/* Either twin's. */
static void probe(struct scene *s, struct sample *out)
{
    (void)out;
    s->known = 0;
    for (uint64_t device = 0; device < DEVICES; device++)
        s->known += syncmap_load(s, device) || locked_load(s, device);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 4, 16, 64 },
    .dial_unit = "writes among 64 accesses",
    .defaults = { .ops = 1024, .size = 64 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "gc_bytes", .bad = GROWS, .good = FLAT,
          .why = "a value that others may be reading is not changed: each write makes a new one" },
        { .column = "time", .bad = SLOWER,
          .why = "a write costs an allocation and its collection, against a lock" },
    },
    .aged = {
        { .what = "storing under a key that is there already allocates",
          .claim = "gc_bytes" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .gc = true,
    .probe = probe,
};
