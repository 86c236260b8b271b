/* SPDX-License-Identifier: MIT */
#include "scene.h"

/* The backend: the square of what it is asked. */
static void backend_run(void *arg)
{
    struct chan *asks = arg;
    struct ask a;

    while (chan_recv(asks, &a)) {
        uint64_t answer = a.number * a.number;
        chan_send(a.reply, &answer);
        chan_drop(a.reply);
    }
    chan_drop(asks);
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->service = ctx_with_cancel(ctx_background());
    ctx_done(s->service); /* its channel is the service's, whoever looks at it first */
    s->asks = chan_make(sizeof(struct ask), 0);
    go(backend_run, chan_ref(s->asks));
}

static void tear_down(struct scene *s)
{
    ctx_cancel(s->service, NULL);
    ctx_drop(s->service);
    chan_close(s->asks);
    chan_drop(s->asks);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .says = {
        { .column = "contexts", .bad = FLAT },
        { .column = "rss_bytes", .bad = FLAT },
    },
    .claims = {
        { .column = "contexts", .bad = GROWS, .good = FLAT,
          .why = "the service's context and the clock keep each of them until its five minutes are over" },
        { .column = "timers", .bad = GROWS, .good = FLAT,
          .why = "the limit of a request that was answered long ago is still pending" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "each context has a channel that says when it is done" },
        { .column = "tasks", .bad = FLAT, .good = FLAT,
          .why = "a context costs no task: who counts tasks does not see it" },
        { .column = "rss_bytes", .bad = GROWS, .good = FLAT,
          .why = "a context, a timer and a channel for each request; in Go also what the context carries" },
    },
    .aged = {
        { .what = "a context with a timeout keeps its memory until the timeout, unless it is cancelled",
          .probe = "timeout-kept" },
        { .what = "a context that can only be cancelled is garbage when nobody refers to it",
          .probe = "cancel-collected" },
        { .what = "go vet reports a cancel function that some path does not use",
          .cited = "pkg.go.dev/context (overview)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
