/* SPDX-License-Identifier: MIT */
/* Wrong: a send with a time limit into ten thousand slots: there is always room. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 10000);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    if (chan_send_timed(s->events, &e, PATIENCE) != CHAN_OK)
        return event_refuse(s, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
