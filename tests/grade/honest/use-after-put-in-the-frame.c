/* SPDX-License-Identifier: MIT */
/* Right: the frame lies on the stack. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct frame f;

    frame_write(&f, "REPLY", i);
    return conn_send(s, &f);
}

const struct twin THIS = { op };
