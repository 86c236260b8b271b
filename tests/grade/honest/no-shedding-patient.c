/* SPDX-License-Identifier: MIT */
/* Wrong: a time limit that is longer than any overload refuses nobody. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (chan_send_timed(s->queue, &it, 30 * SEC) != CHAN_OK)
        return upload_refuse(s, &u);
    return upload_answer(&u);
}

const struct twin THIS = { op };
