/* SPDX-License-Identifier: MIT */
/* Wrong: of the three cleanups the last one was forgotten, and the requester waits for ever. */
#include "scene.h"

static void run(void *arg)
{
    struct job *j = arg;

    job_begin(j);
    j->memory[0] = 1;
    leave_flight(j);
    free_memory(j);
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
