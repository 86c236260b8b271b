/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

static void setup(struct scene *s, const struct params *p)
{
    s->collections = p->size;
    s->pool = pool_make(NULL, NULL, NULL);
    s->map = GC_MALLOC_UNCOLLECTABLE(sizeof *s->map);
}

static void tear_down(struct scene *s)
{
    pool_free(s->pool);
    GC_FREE(s->map);
}

/* Wherever the list was kept: a hit is a request that did not load it. */
static void probe(struct scene *s, struct sample *out)
{
    if (s->requests)
        out->pool_hit_rate = (int64_t)(100 * (s->requests - s->loads) / s->requests);
}

const struct tip THIS = {
    .title = "A pool as a cache",
    .folklore = "sync.Pool keeps what is expensive to make, so keep in it what is expensive to load: it is a cache that "
                "the collector cleans for you.",
    .rule = "Put into a pool only what nobody misses. What the business needs (sessions, price lists, compiled "
            "templates) belongs in a map or a variable, which forgets it when you say so and not when the collector runs.",
    .go_line = "if l, ok := pool.Get().(*prices); ok { return l }; return loadFromDatabase() // and Put it back",
    .when_not = "When an object is nothing but room: buffers, encoders, scratch space. Then it does not matter "
                "which one Get returns, nor that it is gone after two collections; a map would never give the memory back.",
    .aged = "Until Go 1.12 the first collection emptied the pools; since 1.13 what was not asked for is gone at the second. The "
            "documentation says since 1.3 that items may be removed at any time without notification. Weak pointers "
            "(package weak, Go 1.24) are what a cache that the collector cleans is built from.",
    .dial = SIZE,
    .points = { 1, 2, 4 },
    .dial_unit = "collections between two requests",
    .defaults = { .ops = 64, .clients = 1 },
    .claims = {
        { .column = "pool_hit_rate", .bad = FALLS, .good = FLAT,
          .why = "one collection makes it a victim, which Get still finds; the second one takes it away" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
    .gc = true,
};
