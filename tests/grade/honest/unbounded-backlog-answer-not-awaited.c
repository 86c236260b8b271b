/* SPDX-License-Identifier: MIT */
/* Wrong: the request returns when its event was taken, and does not wait for the answer. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    if (chan_send_timed(s->events, &e, PATIENCE) != CHAN_OK)
        return event_refuse(s, &e);
    chan_drop(e.answer);
    return i;
}

const struct twin THIS = { op, setup };
