/* SPDX-License-Identifier: MIT */
/* Right: a select with a time limit, of one case, which is to send. */
#include "scene.h"
#include "select.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);
    struct select_case offer = SEND(s->events, &e);

    if (select_timed(&offer, 1, PATIENCE) < 0)
        return event_refuse(s, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
