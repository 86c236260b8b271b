/* SPDX-License-Identifier: MIT */
/* Right: a select that does not wait puts the upload into the queue, or it is refused. */
#include "scene.h"
#include "select.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (chan_select_try(SEND(s->queue, &it)) < 0)
        return upload_refuse(s, &u);
    return upload_answer(&u);
}

const struct twin THIS = { op };
