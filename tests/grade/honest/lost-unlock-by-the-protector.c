/* SPDX-License-Identifier: MIT */
/* Right: protect() says whether there was a panic, and then the lock of that request is given
 * back. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    mutex_lock(&r->scene->mutex);
    r->answer = book(r);
    mutex_unlock(&r->scene->mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    if (!protect(serve, &r))
        mutex_unlock(&s->mutex);
    return r.answer;
}

const struct twin THIS = { op };
