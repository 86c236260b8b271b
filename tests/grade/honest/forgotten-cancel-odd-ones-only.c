/* SPDX-License-Identifier: MIT */
/* Wrong: every other one is left to its timeout. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    backend_ask(s, limit, i, &answer);
    if (i % 2 == 1)
        ctx_cancel(limit, NULL);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
