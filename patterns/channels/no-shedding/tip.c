/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->queue = chan_make(sizeof(struct upload *), BURST);
    wg_add(&s->resizer, 1);
    go(resize, s);
}

static void tear_down(struct scene *s)
{
    chan_close(s->queue);
    wg_wait(&s->resizer);
    chan_drop(s->queue);
}

static void probe(struct scene *s, struct sample *out)
{
    out->dropped = (int64_t)s->dropped;
}

const struct tip THIS = {
    .dial = RATE,
    .points = { 2500, 3500, 5000 },
    .dial_unit = "requests per second, of which 2,000 can be served",
    .defaults = { .ops = 1600 },
    .says = { { .column = "p99_ns", .bad = FLAT } },
    .claims = {
        { .column = "held_bytes", .bad = FLAT, .good = FLAT,
          .why = "the queue is bounded in both; in bad the waiting goes on in front of it, in "
                 "tasks" },
        { .column = "dropped", .bad = FLAT, .good = GROWS,
          .why = "the excess has to go somewhere, and here it is told at once" },
        { .column = "p99_ns", .bad = GROWS, .good = FLAT,
          .why = "who is let in waits for one queue's length at most; in bad, for everybody who "
                 "came before" },
        { .column = "goodput", .bad = FLAT, .good = FLAT,
          .why = "refusing costs no throughput: the resizer is busy all the time in both" },
    },
    .aged = {
        { .what = "behind a full channel the waiting grows with the load",
          .claim = "p99_ns" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
