/* SPDX-License-Identifier: MIT */
/* Right: a cleanup cancels and drops, however the function is left. */
#include "scene.h"
#include "defer.h"

static void give_up(void *limit)
{
    ctx_cancel(limit, NULL);
    ctx_drop(limit);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    defer(give_up, limit);
    backend_ask(s, limit, i, &answer);
    return answer;
}

const struct twin THIS = { op };
