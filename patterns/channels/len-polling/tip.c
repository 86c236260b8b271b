/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

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
    .dial = OPS,
    /* Two, and far apart.  On a busy machine a worker may have no turn for milliseconds, and fewer
     * are fooled then: the first point is as long as many turns, the second is sixteen times it. */
    .points = { 4096, 65536 },
    .dial_unit = "requests, every fourth of which brings a job",
    .defaults = { .size = 1024, .clients = 8, .workers = 2 },
    .says = { { .column = "time", .bad = SLOWER } },
    .claims = {
        { .column = "stale", .bad = GROWS, .good = FLAT,
          .why = "several see the same job and get ready for it; one gets it" },
        { .column = "time", .bad = SLOWER, .refuted = true,
          .why = "len takes no lock: it is one load, and so is a try on an empty channel" },
    },
    .aged = {
        { .what = "len of a timer's channel is 0 at all times", .since = "1.23",
          .probe = "timer-len-0" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
