/* SPDX-License-Identifier: MIT */
/* Wrong: the unlock is registered in braces of its own, and runs at their end, before the
 * booking. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    {
        DEFER_SCOPE;
        mutex_lock(&r->scene->mutex);
        defer(unlock, &r->scene->mutex);
    }
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
