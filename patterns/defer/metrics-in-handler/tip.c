/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->handlers = p->size;
}

const struct tip THIS = {
    .title = "A deferred metrics call in every handler",
    .folklore = "Never defer your metrics: it doubles the cost of the handler.",
    .rule = "In a handler of nanoseconds with one way out, count there. In one of microseconds, register the count and be "
            "sure of it: what you lose is less than what one forgotten return loses.",
    .go_line = "func handler(w, r) { defer metrics.Observe(time.Now()); serve(w, r) }",
    .when_not = "With several returns, or where a panic shall be counted too, register it. And where the handler reads the "
                "clock for the metric: that alone costs more than the record.",
    .aged = "It did matter up to Go 1.12 (a record from a pool) and 1.13 (a record in the frame). Since 1.14 the "
            "deferred call is written out at the function's end. What has not aged: the arguments are evaluated "
            "where defer stands, so `defer Observe(time.Since(start))` measures nothing, in every release.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "handlers per request",
    .defaults = { .ops = 64, .size = 64 },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "one a handler, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "beside a handler of two nanoseconds the record is nearly all there is" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
