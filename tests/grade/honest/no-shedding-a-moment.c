/* SPDX-License-Identifier: MIT */
/* Right: an upload waits for a place, but only for a moment. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    switch (chan_send_timed(s->queue, &it, 200 * US)) {
    case CHAN_OK: return upload_answer(&u);
    default: return upload_refuse(s, &u);
    }
}

const struct twin THIS = { op };
