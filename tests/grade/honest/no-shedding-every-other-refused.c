/* SPDX-License-Identifier: MIT */
/* Wrong: every other upload is refused whether or not there is room, and the rest still waits. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (i % 2)
        return upload_refuse(s, &u);
    chan_send(s->queue, &it);
    return upload_answer(&u);
}

const struct twin THIS = { op };
