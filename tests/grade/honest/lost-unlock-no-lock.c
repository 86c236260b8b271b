/* SPDX-License-Identifier: MIT */
/* Wrong: without the lock nobody is stuck, and two workers change the book at the same time. */
#include "scene.h"

static void serve(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    protect(serve, &r);
    return r.answer;
}

const struct twin THIS = { op };
