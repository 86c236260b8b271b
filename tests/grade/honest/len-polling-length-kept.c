/* SPDX-License-Identifier: MIT */
/* Wrong: the length is asked once, before the loop, and is older at every turn. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    size_t there = chan_len(s->inbox);
    for (uint64_t k = 0; k < s->looks && there > 0; k++, there--) {
        job_get_ready();
        if (job_take_surely(s, &job))
            job_do(s, job);
    }
    return i;
}

const struct twin THIS = { op };
