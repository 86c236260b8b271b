/* SPDX-License-Identifier: MIT */
/* A limit, and nobody who waits for it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    backend_ask(s, ctx_background(), i, &answer);
    ctx_cancel(limit, NULL);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
