/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

static void *new_request(void *unused)
{
    (void)unused;
    return must_have(calloc(1, sizeof(struct request)));
}

static void request_free(void *request)
{
    req_hold(request, NULL);
    free(request);
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->requests = pool_make(new_request, NULL, request_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->requests);
}

static void probe(struct scene *s, struct sample *out)
{
    out->idle_bytes = (int64_t)s->graph_bytes;
}

const struct tip THIS = {
    .title = "An idle object pins a graph",
    .folklore = "The object in the pool is small, so the pool is small; its fields are overwritten by the next user.",
    .rule = "An idle object refers to nothing. Drop the pointers before Put: what they reach is kept as long as the object "
            "lies in the pool, and the pool holds as many objects as were ever in use at once.",
    .go_line = "r.graph = build(i); serve(r); pool.Put(r) // r.graph = nil is missing",
    .when_not = "When what the object refers to is its own and meant to be reused with it: its buffer, its tables. That "
                "is what the pool is for; then mind the size instead (see oversized-put).",
    .aged = "Until Go 1.12 the next collection emptied the pool and freed the graphs with it. Since 1.13 an object survives "
            "one collection, with all that it refers to, and one that is used now and then is never freed. A slice is "
            "not emptied by s[:0]: the pointers behind its length stay; clear() for that is from Go 1.21.",
    .dial = CLIENTS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "clients",
    .defaults = { .ops = 512 },
    .claims = {
        { .column = "idle_bytes", .bad = GROWS, .good = FLAT,
          .why = "16 KiB for each object that was in use when most clients were there" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
