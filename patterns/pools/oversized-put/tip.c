/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void *new_buffer(void *scene)
{
    struct buffer *b = calloc(1, sizeof *b);

    if (!b)
        panic("new_buffer: out of memory");
    b->scene = scene;
    return b;
}

static void setup(struct scene *s, const struct params *p)
{
    s->export_bytes = p->size << 10;
    s->buffers = pool_make(new_buffer, s, buffer_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->buffers);
}

static void probe(struct scene *s, struct sample *out)
{
    out->idle_bytes = (int64_t)s->buffer_bytes;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 256, 1024, 4096, 16384 },
    .dial_unit = "KiB in the largest of 256 answers",
    .defaults = { .ops = 256, .clients = 1 }, /* of several, one takes another buffer in a collection */
    .says = { { .column = "idle_bytes", .bad = FLAT } },
    .claims = {
        { .column = "idle_bytes", .bad = GROWS, .good = FLAT,
          .why = "the small answers that follow keep the huge buffer in use, and so no collection takes it" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
