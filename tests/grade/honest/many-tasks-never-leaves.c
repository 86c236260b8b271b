/* SPDX-License-Identifier: MIT */
/* Wrong: the job is never taken out of those in flight. */
#include "scene.h"

static void end_job(void *job)
{
    free_memory(job);
    say_done(job);
}

static void run(void *arg)
{
    struct job *j = arg;

    job_begin(j);
    defer(end_job, j);
    j->memory[0] = 1;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j = { .scene = s };

    wg_add(&j.done, 1);
    go(run, &j);
    wg_wait(&j.done);
    return i;
}

const struct twin THIS = { op };
