/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void *new_point(void *unused)
{
    (void)unused;
    return heap_alloc(sizeof(struct point));
}

static void setup(struct scene *s, const struct params *p)
{
    s->measured = p->size;
    s->origin = (struct point){ 500, 500 };
    s->points = pool_make(new_point, NULL, heap_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->points);
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "points of 16 bytes per request",
    .chart = POOL_CURVE,
    .defaults = { .ops = 64, .size = 64 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "pool_misses", .bad = FLAT, .good = FLAT,
          .why = "the pool works as it should: it makes one object, whatever the number of requests" },
        { .column = "time", .bad = SLOWER,
          .why = "a get and a put cost as much as several points; the frame is there already" },
    },
    .aged = {
        { .what = "a pool of tiny objects is slower than making them",
          .claim = "time" },
        { .what = "the lists of a sync.Pool take no lock", .since = "1.13",
          .cited = "github.com/golang/go/commit/d5fd2dd6a17a" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
