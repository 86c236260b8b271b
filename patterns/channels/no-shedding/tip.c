/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

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
    .title = "Waiting in front of a full queue",
    .folklore = "A bounded channel gives back pressure: when it is full the senders wait, "
                "nothing is lost, and the system slows down gracefully.",
    .rule = "Waiting helps only if it slows down whoever makes the work. Where requests come "
            "from outside, at their own rate, make the queue as long as the largest burst, try "
            "to send, and refuse what does not fit.",
    .go_line = "queue <- upload // in a handler; and nobody asks for how long",
    .when_not = "Inside a pipeline, where the sender is the only source of the work, waiting is "
                "exactly right: the back pressure reaches the source. So it is for work that may "
                "not be lost, if its maker can be made to wait. And below the service rate a "
                "full queue is a burst larger than you thought: measure before you drop.",
    .aged = "select with default has been there since Go 1 and is as cheap as a look at the "
            "channel. The runtime has never had a limit on goroutines that wait; net/http starts "
            "one a request to this day, without a limit.",
    .dial = RATE,
    .points = { 2500, 3500, 5000 },
    .dial_unit = "requests per second, of 2,000 that can be served",
    .defaults = { .ops = 1600 },
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
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
