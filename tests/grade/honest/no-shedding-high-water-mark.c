/* SPDX-License-Identifier: MIT */
/* Right: refusing begins at nine tenths of the queue, so that there is room for what the mark
 * does not see. */
#include "scene.h"

static bool let_in(struct scene *s, struct upload *u)
{
    return 10 * chan_len(s->queue) < 9 * chan_cap(s->queue) &&
           chan_try_send(s->queue, &u) == CHAN_OK;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i);

    return let_in(s, &u) ? upload_answer(&u) : upload_refuse(s, &u);
}

const struct twin THIS = { op };
