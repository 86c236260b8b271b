/* SPDX-License-Identifier: MIT */
/* Wrong: one cleanup ends all, and the memory is freed by hand besides. */
#include "scene.h"

static void run(void *arg)
{
    struct job *j = arg;

    job_begin(j);
    defer(end_all, j);
    j->memory[0] = 1;
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
