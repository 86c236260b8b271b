/* SPDX-License-Identifier: MIT */
/* Right: one cleanup does both, it unlocks and takes the panic. */
#include "scene.h"

static void end_booking(void *arg)
{
    struct request *r = arg;

    mutex_unlock(&r->scene->mutex);
    recover();
}

static void serve(void *arg)
{
    struct request *r = arg;

    mutex_lock(&r->scene->mutex);
    defer(end_booking, r);
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
