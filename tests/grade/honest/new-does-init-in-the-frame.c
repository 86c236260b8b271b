/* SPDX-License-Identifier: MIT */
/* Right: a session lives as long as the request, so it lies in the frame. */
#include "scene.h"

static void *new_session(void *unused)
{
    (void)unused;
    return session_make();
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->sessions = pool_make(new_session, NULL, free);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct session n = { 0 };

    (void)s;
    session_at_end(&n, bill);
    session_serve(&n, i);
    return session_end(&n);
}

const struct twin THIS = { op, setup };
