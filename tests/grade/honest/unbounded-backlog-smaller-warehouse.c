/* SPDX-License-Identifier: MIT */
/* Wrong: a thousand slots instead of ten thousand, and still everybody waits. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 1000);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    chan_send(s->events, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
