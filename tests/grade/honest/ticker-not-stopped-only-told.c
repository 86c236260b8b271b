/* SPDX-License-Identifier: MIT */
/* Wrong: the reporter ends, and its ticker ticks on. */
#include "scene.h"

static void report(void *arg)
{
    struct job *j = arg;

    while (chan_select(RECV(timer_chan(j->tick), NULL), RECV(j->done, NULL)) == 0)
        job_report(j);
    job_drop(j);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job *j = job_begin(s, i);

    go(report, job_ref(j));
    uint64_t answer = job_run(j);
    chan_close(j->done);
    job_drop(j);
    return answer;
}

const struct twin THIS = { op };
