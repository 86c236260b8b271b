/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->readings = p->size;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "requests",
    .defaults = { .size = 32 },
    .says = {
        { .column = "timers", .bad = GROWS, .good = FLAT },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT },
    },
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
    .aged = {
        { .what = "the collector takes a pending timer that nobody refers to", .since = "1.23",
          .probe = "timer-collected" },
        { .what = "a timer an iteration leaves no memory behind", .since = "1.23",
          .claim = "rss_bytes", .gone = true },
        { .what = "Reset drops an old value by itself", .since = "1.23",
          .probe = "reset-drops-old" },
        { .what = "GODEBUG=asynctimerchan=1 does not bring the old timers back", .since = "1.27",
          .probe = "asynctimerchan-gone" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
