/* SPDX-License-Identifier: MIT */
/* Wrong: the try takes the job, and then nobody does it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (chan_try_recv(s->inbox, NULL) == CHAN_OK)
            job_get_ready();
    return i;
}

const struct twin THIS = { op };
