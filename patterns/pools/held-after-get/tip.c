/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void *new_buffer(void *unused)
{
    void *buffer = malloc(BUFFER_BYTES);

    (void)unused;
    if (!buffer)
        panic("new_buffer: out of memory");
    return buffer;
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->buffers = pool_make(new_buffer, NULL, free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->buffers);
}

const struct tip THIS = {
    .dial = CLIENTS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "clients",
    .defaults = { .ops = 1024 },
    .says = { { .column = "pool_misses", .bad = FLAT } },
    .claims = {
        { .column = "pool_misses", .bad = GROWS, .good = FLAT,
          .why = "a buffer for each who waits, against one for each who writes" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
