/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

static void setup(struct scene *s, const struct params *p)
{
    s->looks = p->size;
    s->inbox = chan_make(sizeof(uint64_t), INBOX);
}

static void tear_down(struct scene *s)
{
    chan_drop(s->inbox);
}

static void probe(struct scene *s, struct sample *out)
{
    out->stale = (int64_t)s->stale;
}

const struct tip THIS = {
    .title = "Deciding by len(ch)",
    .folklore = "Never call len(ch) in a hot loop: it takes the channel's lock each time, and "
                "the senders and receivers queue up behind it. Use select with default.",
    .rule = "Do not decide by len: what it says was true when it looked, and the others have not "
            "stopped meanwhile. Try the operation itself and see whether it happened. The reason "
            "is truth, not speed.",
    .go_line = "if len(inbox) > 0 { prepare(); job := <-inbox; do(job) } // somebody else was "
               "faster: waits",
    .when_not = "For a graph, a log line or an alarm, len is what you want: cheap, without side "
                "effects, and nobody relies on it. A single receiver may even rely on it, since "
                "nobody else takes what it has seen.",
    .aged = "len of a channel is one load without a lock in every release, and a select of one "
            "case with default first looks whether it can succeed, without a lock either. Since "
            "Go 1.23 the channel of a timer says 0 at all times, because too many used len to "
            "ask whether it had fired.",
    .dial = OPS,
    .points = { 64, 128, 256, 512 },
    .dial_unit = "requests, every fourth of which brings a job",
    .defaults = { .size = 1024, .clients = 8, .workers = 2 },
    .claims = {
        { .column = "stale", .bad = GROWS, .good = FLAT,
          .why = "several see the same job and get ready for it; one gets it" },
        { .column = "time", .bad = SLOWER, .refuted = true,
          .why = "len takes no lock: it is one load, and so is a try on an empty channel" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
