/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->indexer = chan_make(0, 0);
}

static void tear_down(struct scene *s)
{
    chan_drop(s->indexer);
}

const struct tip THIS = {
    .title = "A handler's task outlives its request",
    .folklore = "Answer first and do the rest in a goroutine. Give it context.Background(), or "
                "it will be cancelled when the handler returns.",
    .rule = "Work that a handler starts either ends with the request, because it has the "
            "request's context, or belongs to somebody else who bounds it: a queue with a few "
            "workers and a time limit. Background means: nothing will ever stop this.",
    .go_line = "func handle(w http.ResponseWriter, r *http.Request) { go "
               "index(context.Background(), body) }",
    .when_not = "Work that must be done although the client is gone (an audit record, a payment) "
                "must not have the request's context. Then hand it to a queue that the server "
                "owns, with a limit of its own in time and in number, or, for a little of it, "
                "take context.WithoutCancel and put a timeout on it.",
    .aged = "Requests have had a context since Go 1.7; before, there was only CloseNotify, which "
            "after the handler's return may never say anything. Go 1.21 added "
            "context.WithoutCancel, which keeps the values without the cancel and is no more "
            "bounded than Background.",
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "every call waits for a service that is down, for ever" },
        { .column = "contexts", .bad = FLAT, .good = FLAT,
          .why = "every request's context is cancelled in both; in bad nobody was given it" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many calls; they end" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "each call keeps its stack and the whole body of its request" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
