/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readings = p->size;
}

const struct tip THIS = {
    .title = "A new timer in every turn of the loop",
    .folklore = "select with time.After in a loop leaks a timer each time round, until it fires: "
                "a fast loop with a long limit fills the heap.",
    .rule = "Make the timer once, before the loop; reset it in each turn, stop it at the end. A "
            "limit for the whole request instead of for each step is simpler still: one context "
            "with a deadline.",
    .go_line = "for { select { case r := <-stream: use(r); case <-time.After(30 * time.Second): "
               "return } }",
    .when_not = "Outside of loops, and where the limit is usually reached, time.After is the "
                "clearest way to say it: a timer that fires cleans up after itself. With Go 1.23 "
                "or later, and go 1.23 in go.mod, what is left of the tip is the cost of making "
                "it, which matters in loops of microseconds only.",
    .aged = "Up to Go 1.22 a timer made by After stayed in the heap until it fired. Since Go "
            "1.23 the collector takes timers that nobody refers to, pending or not, and Reset "
            "and Stop drop old values by themselves, so that the drain in between is not needed "
            "any more. A runtime without a collector, like this one, is where Go was before.",
    .dial = OPS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "requests",
    .defaults = { .size = 32 },
    .claims = {
        { .column = "timers", .bad = GROWS, .good = FLAT,
          .why = "every reading leaves a timer that will fire in half a minute, at nobody" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the pending timer owns its channel" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "a timer, a channel and a place in the heap, 32 times a request",
          .go = { .why = "the collector takes a pending timer that nobody refers to, and its channel",
                  .since = "1.23" } },
        { .column = "time", .bad = SLOWER,
          .why = "making both costs more than moving one" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
