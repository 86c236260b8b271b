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
    .title = "Get early, hold long, Put late",
    .folklore = "Get at the top of the handler, and defer the Put in the line below: then nothing is forgotten.",
    .rule = "Get as late and Put as early as you can, and never wait in between. A pool needs as many objects as are held at "
            "once: the workers' number if nobody waits while holding one, the clients' number if all do.",
    .go_line = "b := pool.Get().(*bytes.Buffer); defer pool.Put(b); rows := query(ctx) // waits, with b in hand",
    .when_not = "When the object is needed before the wait and after it, as the half that was read of a message is. And when "
                "memory is no concern and the handler has ten exits: a deferred Put is hard to get wrong.",
    .aged = "Not at all. Since Go 1.13 the objects of a rush survive one collection more, so that the next rush misses "
            "less; the memory is the same.",
    .dial = CLIENTS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "clients",
    .defaults = { .ops = 1024 },
    .claims = {
        { .column = "pool_misses", .bad = GROWS, .good = FLAT,
          .why = "a buffer for each who waits, against one for each who writes" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
