/* SPDX-License-Identifier: MIT */
/* Wrong: the unlock is registered, and the one by hand was left. The second one ends the program,
 * which nobody can recover; or it opens the lock of somebody else. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    mutex_lock(&r->scene->mutex);
    defer(unlock, &r->scene->mutex);
    r->answer = book(r);
    mutex_unlock(&r->scene->mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
