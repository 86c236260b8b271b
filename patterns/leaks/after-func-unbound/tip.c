/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->quick_budget_ns = 3600 * SEC;
    s->slow_budget_ns = 20 * US;
}

const struct tip THIS = {
    .title = "A timer starts a task that belongs to nobody",
    .folklore = "time.AfterFunc is fire and forget: it costs no goroutine until it fires, and then one "
                "that is soon gone. So nobody keeps the timer, and nobody owns what it starts.",
    .rule = "Whoever arms a timer stops it on the way out, and looks at what stop says: true, it will "
            "never fire; false, its task has been started and must be told that the work is over.",
    .go_line = "time.AfterFunc(budget, func() { warn(r); <-r.done }) // no Stop, no close(r.done)",
    .when_not = "A timer of a few milliseconds whose function only sets a flag may be left alone: it is "
                "gone before anyone could count it. The same goes for one timer a process. Stop is not "
                "a wait: when it returns false the task may be running at this moment, so never "
                "free what it uses merely because stop was called.",
    .aged = "Go 1.23 collects timers and tickers that nobody refers to, stopped or not, but that helps "
            "NewTimer, After and Tick, whose only effect is a channel. A pending AfterFunc still has a "
            "function to call, so in every release it stays until it fires, with all that "
            "the function captures. Go 1.21 added context.AfterFunc, which ties the function to a "
            "context and needs its own stop. In 1.25 even a stopped timer may keep its function "
            "reachable until the runtime sweeps its heap (golang/go#75935).",
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .claims = {
        { .column = "timers", .bad = GROWS, .good = FLAT,
          .why = "the quick half ends long before its timers are due" },
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "the slow half has started tasks that wait for a request that is over" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "both halves still hold their request's channel" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
