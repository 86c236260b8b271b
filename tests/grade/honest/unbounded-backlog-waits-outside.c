/* SPDX-License-Identifier: MIT */
/* Wrong: there is no warehouse any more; the events wait in front of the door, just as many and
 * as long. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    chan_send(s->events, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
