/* SPDX-License-Identifier: MIT */
/* Right: whoever takes a session looks whether it has its callback, and registers it if not. */
#include "scene.h"

static void *new_session(void *unused)
{
    struct session *n = session_make();

    (void)unused;
    session_at_end(n, bill);
    return n;
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->sessions = pool_make(new_session, NULL, free);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct session *n = pool_get(s->sessions);

    if (n->callbacks == 0)
        session_at_end(n, bill);
    session_serve(n, i);
    uint64_t cents = session_end(n);
    pool_put(s->sessions, n);
    return cents;
}

const struct twin THIS = { op, setup };
