/* SPDX-License-Identifier: MIT */
/* Wrong: the callback is registered when the session has been put back, and may be in use by
 * somebody else. */
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
    pool_put(s->sessions, n);
    session_at_end(n, bill);
    return cents;
}

const struct twin THIS = { op, setup };
