/* SPDX-License-Identifier: MIT */
/* Right: three cleanups, each open-coded: they run on any end, and there is no record. */
#include "scene.h"

static void run(void *arg)
{
    struct job *j = arg;

    job_begin(j);
    defer_open(say_done, j);
    defer_open(free_memory, j);
    defer_open(leave_flight, j);
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
