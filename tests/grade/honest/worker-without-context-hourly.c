/* SPDX-License-Identifier: MIT */
/* Wrong: the worker does look at the context, but sleeps for an hour in between. */
#include "scene.h"

static void keep_fresh(void *arg)
{
    struct session *x = arg;

    while (!ctx_err(x->request)) {
        task_sleep(3600 * SEC);
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
