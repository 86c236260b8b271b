/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "A worker that cannot be told to stop",
    .folklore = "A background goroutine that mostly sleeps costs nothing, so start one wherever "
                "something has to be kept fresh; the runtime will tidy up.",
    .rule = "Every loop that can run for ever waits for two things: its next turn, and the end "
            "of whatever it serves. Whoever starts it must be able to say how it ends.",
    .go_line = "go func() { for { time.Sleep(period); x.refresh() } }() // nothing in there "
               "looks at ctx.Done()",
    .when_not = "A worker that is meant to live as long as the process, and is started once, "
                "needs no way out; one may help its tests. A loop whose work is short and "
                "bounded ends by itself: looking at a context in each turn of it is noise.",
    .aged = "context came with Go 1.7 and is passed by hand to this day: no release ends a "
            "goroutine because its starter has gone. Go 1.21 added AfterFunc, WithoutCancel and "
            "WithDeadlineCause, Go 1.24 a context for tests (T.Context). Go 1.26's experimental "
            "goroutineleak profile does not find this one: a goroutine that sleeps will wake, "
            "and so is not stuck.",
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one worker a request, asleep most of the time, for ever" },
        { .column = "contexts", .bad = FLAT, .good = FLAT,
          .why = "the context was there and was cancelled; the worker did not look" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many workers; they end" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "each worker keeps its stack and its session" },
    },
    .scene_bytes = sizeof(struct scene),
};
