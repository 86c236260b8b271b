/* SPDX-License-Identifier: MIT */
/* Right: every session in the pool has its callback: New registers it for the first user, and
 * whoever ends a session for the next. */
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

    session_serve(n, i);
    uint64_t cents = session_end(n);
    session_at_end(n, bill);
    pool_put(s->sessions, n);
    return cents;
}

const struct twin THIS = { op, setup };
