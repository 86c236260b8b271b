/* SPDX-License-Identifier: MIT */
/* Wrong: a limit for the call, of an hour: with some traffic that is no limit. */
#include "scene.h"
#include "timer.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct ctx *until = ctx_with_timeout(ctx_background(), 3600 * SEC);

    go(index_body, call_make(s, r, until));
    uint64_t number = request_end(r);
    ctx_drop(until);
    return number;
}

const struct twin THIS = { op };
