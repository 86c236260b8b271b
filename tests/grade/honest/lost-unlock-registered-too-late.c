/* SPDX-License-Identifier: MIT */
/* Wrong: the unlock is registered below the line that panics, so it is never registered. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    mutex_lock(&r->scene->mutex);
    r->answer = book(r);
    defer(unlock, &r->scene->mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
