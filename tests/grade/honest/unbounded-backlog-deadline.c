/* SPDX-License-Identifier: MIT */
/* Right: each request has a context with a deadline, and its event is offered until then. */
#include "scene.h"
#include "ctx.h"
#include "select.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static bool offer(struct scene *s, struct event *e)
{
    struct ctx *x = ctx_with_timeout(ctx_background(), PATIENCE);
    int which = chan_select(SEND(s->events, e), RECV(ctx_done(x), NULL));

    ctx_cancel(x, NULL);
    ctx_drop(x);
    return which == 0;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    if (offer(s, &e))
        return event_answer(&e);
    return event_refuse(s, &e);
}

const struct twin THIS = { op, setup };
