/* SPDX-License-Identifier: MIT */
/* Wrong: a copy of the pointer is not one of the frame. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct frame *f = pool_get(s->frames);

    frame_write(f, "REPLY", i);
    const struct frame *copy = f;
    pool_put(s->frames, f);
    return conn_send(s, copy);
}

const struct twin THIS = { op };
