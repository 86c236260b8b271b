/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

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
    .dial = CLIENTS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "clients",
    .defaults = { .ops = 512 },
    .says = { { .column = "idle_bytes", .bad = FLAT } },
    .claims = {
        { .column = "idle_bytes", .bad = GROWS, .good = FLAT,
          .why = "16 KiB for each object that was in use when most clients were there" },
    },
    .aged = {
        { .what = "behind s[:0] the pointers of a slice stay",
          .probe = "slice-keeps-tail" },
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
        { .what = "clear empties a slice", .since = "1.21",
          .cited = "go.dev/doc/go1.21 (language)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
