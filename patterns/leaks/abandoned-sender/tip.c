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
    .title = "The receiver gave up, the sender waits for ever",
    .folklore = "A select with a timeout protects you: if the other side is slow, you simply go on.",
    .rule = "Whoever may stop listening must leave the sender a way out: a place in the buffer for each "
            "answer that may come too late, or a select in the sender that also waits for the end of the request.",
    .go_line = "ch := make(chan T); go func() { ch <- slow() }(); select { case v := <-ch: use(v); "
               "case <-ctx.Done(): } // nobody receives any more",
    .when_not = "One free place helps a sender that sends once. A task that sends many values needs to be told to "
                "stop, else it fills the place and waits for ever all the same. And when the late answer is worth "
                "keeping, let somebody receive it.",
    .aged = "The same in every release up to Go 1.25: a goroutine in a send counts as alive whether or not anybody can "
            "ever receive. context (1.7) made giving up common, and with it this leak. Go 1.26's experimental "
            "goroutineleak profile finds it, and does not end it.",
    .dial = OPS,
    .points = { 12, 48, 192, 768 },
    .dial_unit = "requests, every third of which gives up",
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "every third replica waits in its send, for nobody" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "and holds its channel and its question" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good asks as many replicas; they end" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
