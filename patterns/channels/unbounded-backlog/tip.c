/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

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
    .title = "A big channel as a queue",
    .folklore = "Give the channel ten thousand slots, so that the producers never have to wait.",
    .rule = "A buffer evens out bursts; it does not make the consumer faster. Above the service rate every "
            "buffer fills, and until then all it does is turn overload into waiting and memory. Send with a "
            "time limit, or try, and decide what becomes of what does not fit.",
    .go_line = "events := make(chan event, 10000) // ... and everywhere: events <- e",
    .when_not = "When the work arrives in bursts of known size and the average is below the service rate, a "
                "buffer as large as the biggest burst is what channels have buffers for. When nothing may be "
                "lost (a journal, a payment), refusing at this point only moves the problem: then the queue "
                "belongs on a disk, and its length on a graph.",
    .aged = "Nothing has changed since Go 1: a channel has the capacity it was made with, its buffer is "
            "allocated whole by make. The proposal for channels without a limit (golang/go#20352) was closed "
            "without being taken up.",
    .dial = RATE,
    .points = { 2500, 3500, 5000 },
    .dial_unit = "requests per second, of 2,000 that can be served",
    .defaults = { .ops = 2000 },
    .claims = {
        { .column = "held_bytes", .bad = GROWS, .good = FLAT,
          .why = "what cannot be served lies in the channel; an unbuffered one holds nothing" },
        { .column = "dropped", .bad = FLAT, .good = GROWS,
          .why = "the price, and an honest one: the excess is refused instead of being kept waiting" },
        { .column = "p99_ns", .bad = GROWS, .good = FLAT,
          .why = "the last to be served waits for the whole backlog; with a time limit, for the time limit" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
    .probe = probe,
};
