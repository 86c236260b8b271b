/* SPDX-License-Identifier: MIT */
/* Wrong: the worker looks at the context once, before its loop. */
#include "scene.h"

static void keep_fresh(void *arg)
{
    struct session *x = arg;

    if (!ctx_err(x->request))
        for (;;) {
            task_sleep(PERIOD);
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
