/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

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
    .title = "One huge request stays in the pool",
    .folklore = "Always put the buffer back: the pool gives up what it does not need at the next collection.",
    .rule = "Look at the buffer's capacity before Put, and let go of what is much larger than usual. All objects of a pool "
            "should cost about the same memory.",
    .go_line = "defer pool.Put(buf) // if buf.Cap() <= 64<<10 { pool.Put(buf) }",
    .when_not = "When all requests are of about one size, there is nothing to cap. When large ones are common, a cap throws "
                "away exactly the buffers that were worth pooling: use a pool for each class of size, or write in pieces.",
    .aged = "The example in sync's documentation had this mistake (golang/go#23199); fmt keeps no buffer above 64 KiB "
            "because of it. The victim generation of Go 1.13 made it rather worse: an object has to go unused through "
            "two collections to be given up, and a buffer in use never does.",
    .dial = SIZE,
    .points = { 256, 1024, 4096, 16384 },
    .dial_unit = "KiB in the one answer of 256 that is not of 4 KiB",
    .defaults = { .ops = 256 },
    .claims = {
        { .column = "idle_bytes", .bad = GROWS, .good = FLAT,
          .why = "the small answers that follow keep the huge buffer in use, and so no collection takes it" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
