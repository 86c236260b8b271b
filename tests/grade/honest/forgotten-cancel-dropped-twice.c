/* SPDX-License-Identifier: MIT */
/* Wrong: to drop it once more is no cancel. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    backend_ask(s, limit, i, &answer);
    ctx_drop(limit);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
