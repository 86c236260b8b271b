/* SPDX-License-Identifier: MIT */
/* Wrong: who was refused goes on to wait for the answer, whose channel is gone. */
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
        event_refuse(s, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
