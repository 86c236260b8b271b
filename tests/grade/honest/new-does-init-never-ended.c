/* SPDX-License-Identifier: MIT */
/* Wrong: the session is billed by hand and never ended, so callbacks pile up in it. */
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
    struct session *n = pool_get(s->sessions);

    session_at_end(n, bill);
    session_serve(n, i);
    uint64_t cents = n->used_bytes / 16;
    pool_put(s->sessions, n);
    return cents;
}

const struct twin THIS = { op, setup };
