/* SPDX-License-Identifier: MIT */
/* Right: a session is billed by its user, who knows when it ends; nothing is registered. */
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

    session_serve(n, i);
    bill(n);
    uint64_t cents = session_end(n);
    pool_put(s->sessions, n);
    return cents;
}

const struct twin THIS = { op, setup };
