/* SPDX-License-Identifier: MIT */
/* Right: the unlock is registered, in a scope that ends before the call. */
#include "scene.h"

#include "defer.h"

static void unlock(void *mutex)
{
    mutex_unlock(mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{

    struct backend b;

    {
        DEFER_SCOPE;
        mutex_lock(&s->mutex);
        defer(unlock, &s->mutex);
        b = table_pick(s, i);
    }
    return backend_ask(b, i);
}

const struct twin THIS = { op };
