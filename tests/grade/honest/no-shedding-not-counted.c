/* SPDX-License-Identifier: MIT */
/* Wrong: who is refused is answered and not counted, so nobody will know. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (chan_try_send(s->queue, &it) != CHAN_OK) {
        chan_drop(u.done);
        return i;
    }
    return upload_answer(&u);
}

const struct twin THIS = { op };
