/* SPDX-License-Identifier: MIT */
/* Right: a deadline is a timeout by another name, and is cancelled as well. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct ctx *limit = ctx_with_deadline(s->service, clock_now() + PATIENCE);
    uint64_t answer = 0;

    backend_ask(s, limit, i, &answer);
    ctx_cancel(limit, NULL);
    ctx_drop(limit);
    return answer;
}

const struct twin THIS = { op };
