/* SPDX-License-Identifier: MIT */
/* Wrong: the limit is over before anybody has asked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_timeout(s->service, PATIENCE);
    uint64_t answer = 0;

    ctx_cancel(limit, NULL);
    backend_ask(s, limit, i, &answer);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
