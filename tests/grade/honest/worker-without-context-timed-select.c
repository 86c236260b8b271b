/* SPDX-License-Identifier: MIT */
/* Right: a select with a time limit: nothing in that time means another turn. */
#include "scene.h"
#include "select.h"

static void keep_fresh(void *arg)
{
    struct session *x = arg;

    for (;;) {
        struct select_case over = RECV(ctx_done(x->request), NULL);
        if (select_timed(&over, 1, PERIOD) == 0)
            break;
        session_refresh(x);
    }
    session_drop(x);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct session *x = session_open(s, i);

    go(keep_fresh, session_ref(x));
    uint64_t answer = session_serve(x);
    session_end(x);
    return answer;
}

const struct twin THIS = { op };
