/* SPDX-License-Identifier: MIT */
/* Right: the budget is a context's, and the watcher hangs on it; the hook tells whether it was
 * started, and cancelling the context ends the timer. */
#include "scene.h"
#include "ctx.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct ctx *budget = ctx_with_timeout(ctx_background(), request_budget(s, i));
    struct ctx_hook *late = ctx_after_func(budget, watch_slow, chan_ref(done));

    uint64_t answer = request_serve(s, i);
    if (ctx_after_func_stop(late))
        chan_drop(done);
    chan_close(done);
    ctx_cancel(budget, NULL);
    ctx_drop(budget);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
