/* SPDX-License-Identifier: MIT */
/* Wrong: the length said that there was a job, and the receive waits for it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (chan_len(s->inbox) > 0) {
            uint64_t job;
            job_get_ready();
            chan_recv(s->inbox, &job);
            job_do(s, job);
        }
    return i;
}

const struct twin THIS = { op };
