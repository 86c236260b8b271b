/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->lines = (int)p->size;
}

const struct tip THIS = {
    .title = "Range over a channel nobody closes",
    .folklore = "Every channel you range over needs somebody who closes it; forget it, and each request "
                "leaves a goroutine behind that nothing will ever wake.",
    .rule = "The sender who knows that it has sent the last value closes the channel, on every way out "
            "of the function. If no one task can know that, let the receiver also wait for a context "
            "that will be cancelled.",
    .go_line = "ch := make(chan int); go func() { for v := range ch { log(v) } }(); ch <- 1 // no close(ch)",
    .when_not = "Closing is a message, not a clean-up: a channel that nobody ranges over may simply be "
                "forgotten. Do not close a channel that several tasks send to unless one of them is "
                "known to be the last (see send-on-closed), and do not close one that lives as long as "
                "the process.",
    .aged = "No release up to Go 1.25 ends or collects a goroutine that waits for ever: the runtime "
            "counts a parked goroutine as alive, and with it everything on its stack. What has changed "
            "is the looking: Go 1.26 brings an experimental goroutineleak profile, which uses the "
            "collector to name goroutines that wait on channels nobody else can reach. It reports them; "
            "it does not stop them.",
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .defaults = { .size = 3 },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one logger a request waits in its range for ever" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the waiting logger holds the last reference to its channel" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many tasks; they end" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
