/* SPDX-License-Identifier: MIT */
/* Right: an ask that was not answered is one whose context is done. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    if (backend_ask(s, limit, i, &answer))
        ctx_cancel(limit, NULL);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
