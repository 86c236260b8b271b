/* SPDX-License-Identifier: MIT */
/* Wrong: with two jobs or more in it the inbox seems safe; but so do the others think, and the
 * last job is left for nobody. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (chan_len(s->inbox) > 1) {
            job_get_ready();
            if (job_take_surely(s, &job))
                job_do(s, job);
        }
    return i;
}

const struct twin THIS = { op };
