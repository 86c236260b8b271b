/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->overload = chan_make(0, 0);
    chan_close(s->overload);
}

static void tear_down(struct scene *s)
{
    chan_drop(s->overload);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 12, 48, 192, 768 },
    .dial_unit = "requests, every third of which gives up",
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "every third replica waits in its send, for nobody" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: who could have received has forgotten the channel" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "and holds its channel and its question" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good asks as many replicas; they end" },
    },
    .aged = {
        { .what = "the goroutineleak profile names such a sender, without an experiment", .since = "1.27",
          .probe = "sender-named-lost", .cited = "go.dev/doc/go1.26 (runtime): an experiment there" },
        { .what = "a sender whose receiver gave up is alive for ever",
          .claim = "tasks" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
