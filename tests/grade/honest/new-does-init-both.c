/* SPDX-License-Identifier: MIT */
/* Wrong: the callback is registered after Get and in New as well, so the first user of each
 * session pays twice. */
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

    session_at_end(n, bill);
    session_serve(n, i);
    uint64_t cents = session_end(n);
    pool_put(s->sessions, n);
    return cents;
}

const struct twin THIS = { op, setup };
