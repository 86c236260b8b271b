/* SPDX-License-Identifier: MIT */
/* Right: only the booking is protected, and whoever locked unlocks behind it in any case. */
#include "scene.h"

static void book_it(void *arg)
{
    struct request *r = arg;

    defer(swallow_panic, NULL);
    r->answer = book(r);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request r = { .scene = s, .number = i };

    mutex_lock(&s->mutex);
    protect(book_it, &r);
    mutex_unlock(&s->mutex);
    return r.answer;
}

const struct twin THIS = { op };
