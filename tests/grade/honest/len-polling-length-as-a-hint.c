/* SPDX-License-Identifier: MIT */
/* Right: the length saves a try, and decides nothing: what counts is whether the try took a job. */
#include "scene.h"

static bool take(struct scene *s, uint64_t *job)
{
    return chan_len(s->inbox) > 0 && chan_try_recv(s->inbox, job) == CHAN_OK;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (take(s, &job)) {
            job_get_ready();
            job_do(s, job);
        }
    return i;
}

const struct twin THIS = { op };
