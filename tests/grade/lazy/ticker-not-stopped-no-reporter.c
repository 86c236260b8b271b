/* SPDX-License-Identifier: MIT */
/* Nobody reports: the ticker is made and dropped. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job *j = job_begin(s, i);

    job_drop(job_ref(j));
    uint64_t answer = job_run(j);
    timer_stop(j->tick);
    job_drop(j);
    return answer;
}

const struct twin THIS = { op };
