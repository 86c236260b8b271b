/* SPDX-License-Identifier: MIT */
/* Wrong: who was refused waits for the resizer all the same. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (chan_try_send(s->queue, &it) != CHAN_OK)
        upload_refuse(s, &u);
    return upload_answer(&u);
}

const struct twin THIS = { op };
