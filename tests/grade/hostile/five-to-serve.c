/* SPDX-License-Identifier: MIT */
/* The bad twin with four consumers more, all there before the first request: so nothing waits. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 10000);
    wg_add(&s->consumer, 4);
    for (int k = 0; k < 4; k++)
        go(consume, s);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    chan_send(s->events, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
