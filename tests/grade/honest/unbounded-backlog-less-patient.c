/* SPDX-License-Identifier: MIT */
/* Right: the same meeting point with half the patience. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);
    bool taken = chan_send_timed(s->events, &e, PATIENCE / 2) == CHAN_OK;

    return taken ? event_answer(&e) : event_refuse(s, &e);
}

const struct twin THIS = { op, setup };
