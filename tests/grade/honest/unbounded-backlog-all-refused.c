/* SPDX-License-Identifier: MIT */
/* Wrong: nobody waits and nothing piles up, because everybody is refused. */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    consumer_start(s, 0);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct event e = event_make(i);

    return event_refuse(s, &e);
}

const struct twin THIS = { op, setup };
