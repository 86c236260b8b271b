/* SPDX-License-Identifier: MIT */
/* Wrong: no session is ever used again, so New runs for each; right answers, and all of the
 * memory. */
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
    return session_end(n);
}

const struct twin THIS = { op, setup };
