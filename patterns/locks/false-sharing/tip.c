/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <stdlib.h>
#include <string.h>

#include "task.h"

/* For counters that have a cache line each. */
#define ROOM_BYTES ((size_t)SENDERS * CACHE_LINE)

static void setup(struct scene *s, const struct params *p)
{
    s->chunks = p->size;
    s->counters = aligned_alloc(CACHE_LINE, ROOM_BYTES);
    if (!s->counters)
        panic("false-sharing: out of memory");
    memset(s->counters, 0, ROOM_BYTES);
}

/* The metrics read the counters, wherever they lie in that room. */
static void probe(struct scene *s, struct sample *out)
{
    const uint64_t *words = (const uint64_t *)s->counters;

    (void)out;
    s->total = 0;
    for (size_t k = 0; k < ROOM_BYTES / sizeof *words; k++)
        s->total += words[k];
}

static void tear_down(struct scene *s)
{
    free(s->counters);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256 },
    .dial_unit = "updates per request",
    .defaults = { .ops = 256, .size = 256, .clients = SENDERS, .workers = 2 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "time", .bad = SLOWER, .ratio = 1.5,
          .why = "no counter is shared, but the line that all of them lie on is" },
        { .column = "lock_waits", .bad = FLAT, .good = FLAT,
          .why = "no count shows it: nobody waits for anybody, only for the memory" },
    },
    .aged = {
        { .what = "counters on one cache line slow two workers down",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
