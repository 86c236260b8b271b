/* SPDX-License-Identifier: MIT */
/* Right: the connection is hung up where its variable ends. */
#include "scene.h"

static void connection_end(struct connection **c)
{
    chan_close((*c)->hang_up);
    connection_drop(*c);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(connection_end))) struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    return connection_serve(c, i);
}

const struct twin THIS = { op };
