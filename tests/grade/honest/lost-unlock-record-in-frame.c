/* SPDX-License-Identifier: MIT */
/* Right: the unlock is registered with a record in the frame, within a scope of the function. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;
    struct cleanup record;
    DEFER_SCOPE;

    defer(swallow_panic, NULL);
    mutex_lock(&r->scene->mutex);
    defer_record(&record, unlock, &r->scene->mutex);
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
