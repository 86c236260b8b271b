/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void tear_down(struct scene *s)
{
    chan_close(s->events);
    wg_wait(&s->consumer);
    chan_drop(s->events);
}

static void probe(struct scene *s, struct sample *out)
{
    out->dropped = (int64_t)s->refused;
}

const struct tip THIS = {
    .dial = RATE,
    .points = { 2500, 3500, 5000 },
    .dial_unit = "requests per second, of which 2,000 can be served",
    .defaults = { .ops = 2000 },
    .says = { { .column = "p99_ns", .bad = FLAT } },
    .claims = {
        { .column = "held_bytes", .bad = GROWS, .good = FLAT,
          .why = "what cannot be served lies in the channel; an unbuffered one holds nothing" },
        { .column = "dropped", .bad = FLAT, .good = GROWS,
          .why = "the price, and an honest one: the excess is refused instead of being kept waiting" },
        { .column = "p99_ns", .bad = GROWS, .good = FLAT,
          .why = "the last to be served waits for the whole backlog; with a time limit, for the time limit" },
    },
    .aged = {
        { .what = "make allocates a channel's buffer whole",
          .probe = "channel-whole" },
        { .what = "the last to be served waits for the whole backlog",
          .claim = "p99_ns" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
    .probe = probe,
};
