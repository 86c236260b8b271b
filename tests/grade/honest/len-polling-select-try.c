/* SPDX-License-Identifier: MIT */
/* Right: a select that does not wait takes the job, or goes on. */
#include "scene.h"
#include "select.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++)
        if (chan_select_try(RECV(s->inbox, &job)) == 0) {
            job_get_ready();
            job_do(s, job);
        }
    return i;
}

const struct twin THIS = { op };
