/* SPDX-License-Identifier: MIT */
/* Wrong: the lock is given back where there was a panic, and not where all went well. */
#include "scene.h"

static void unlock_after_panic(void *arg)
{
    struct request *r = arg;

    if (recover())
        mutex_unlock(&r->scene->mutex);
}

static void serve(void *arg)
{
    struct request *r = arg;

    defer(unlock_after_panic, r);
    mutex_lock(&r->scene->mutex);
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
