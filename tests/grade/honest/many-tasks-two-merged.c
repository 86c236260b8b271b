/* SPDX-License-Identifier: MIT */
/* Wrong: two of the three are merged, so a task still has two records. */
#include "scene.h"

static void give_back(void *job)
{
    leave_flight(job);
    free_memory(job);
}

static void run(void *arg)
{
    struct job *j = arg;

    job_begin(j);
    defer(say_done, j);
    defer(give_back, j);
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
