/* SPDX-License-Identifier: MIT */
/* Right: hanging up is a cleanup of the request. */
#include "scene.h"
#include "defer.h"

static void hang_up(void *arg)
{
    struct connection *c = arg;

    chan_close(c->hang_up);
    connection_drop(c);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    defer(hang_up, c);
    return connection_serve(c, i);
}

const struct twin THIS = { op };
