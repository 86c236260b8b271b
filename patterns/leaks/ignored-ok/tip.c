/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/probe.h"

static void setup(struct scene *s, const struct params *p)
{
    s->batch = p->size;
}

static void probe(struct scene *s, struct sample *out)
{
    out->phantoms = (int64_t)s->phantoms;
}

const struct tip THIS = {
    .title = "Work on values that nobody has sent",
    .folklore = "A receive from a closed channel does no harm: it returns at once, with a zero.",
    .rule = "Look at ok, or range over the channel, wherever the channel can be closed. A zero that came "
            "from a close looks exactly like a zero that somebody sent.",
    .go_line = "for i := 0; i < batch; i++ { o := <-orders; serve(o) } // v, ok := <-orders",
    .when_not = "When the value is never looked at: a done channel that is only closed, never sent to, is received from for "
                "the fact alone. And when the number of values is agreed beforehand and the channel is never closed.",
    .aged = "The two-valued receive and range have been there since Go 1 and have not changed. go vet does not report the "
            "one-valued form, in any release: it is right too often.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "orders a request would take, of which 8 are there",
    .defaults = { .ops = 64 },
    .claims = {
        { .column = "phantoms", .bad = GROWS, .good = FLAT,
          .why = "all that is missing in the batch is served as customer 0" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .probe = probe,
};
