/* SPDX-License-Identifier: MIT */
/* The bad twin, which says of two requests in seven that they were turned away, and serves them. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    chan_send(s->queue, &it);
    if (i % 7 < 2)
        __atomic_add_fetch(&s->dropped, 1, __ATOMIC_RELAXED);
    return upload_answer(&u);
}

const struct twin THIS = { op };
