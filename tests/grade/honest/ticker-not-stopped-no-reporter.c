/* SPDX-License-Identifier: MIT */
/* Wrong: nobody reports. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job *j = job_begin(s, i);

    uint64_t answer = job_run(j);
    timer_stop(j->tick);
    chan_close(j->done);
    job_drop(j);
    return answer;
}

const struct twin THIS = { op };
