/* SPDX-License-Identifier: MIT */
/* Wrong: what the taking says is not looked at, and a job is done that nobody has. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job = 0;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (chan_len(s->inbox) > 0) {
            job_get_ready();
            job_take_surely(s, &job);
            job_do(s, job);
        }
    return i;
}

const struct twin THIS = { op };
