/* SPDX-License-Identifier: MIT */
/* Its set-up makes a channel for each request; each request drops one of them, and leaves its own
 * one when it is refused. */
#include "scene.h"

enum { BEFOREHAND = 2000 };

static struct chan *made[BEFOREHAND];
static size_t dropped;

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
    for (int k = 0; k < BEFOREHAND; k++)
        made[k] = chan_make(1, 0);
}

static uint64_t refuse(struct scene *s, struct event *e)
{
    __atomic_add_fetch(&s->refused, 1, __ATOMIC_RELAXED);
    op_refused(e->number);
    size_t next = __atomic_fetch_add(&dropped, 1, __ATOMIC_RELAXED);
    if (next < BEFOREHAND)
        chan_drop(made[next]);
    return e->number; /* the answer's channel is left */
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    if (chan_send_timed(s->events, &e, PATIENCE) != CHAN_OK)
        return refuse(s, &e);
    return event_answer(&e);
}

const struct twin THIS = { op, setup };
