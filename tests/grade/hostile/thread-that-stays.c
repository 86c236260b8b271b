/* SPDX-License-Identifier: MIT */
/* Leaves a thread behind that never comes back, in a call that is said to wait. */
#include "scene.h"

static void stay(void *arg)
{
    struct chan *lines = arg;

    for (;;)
        chan_len(lines);
}

static void wait_beside(void *arg)
{
    task_blocking(stay, arg);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    if (i % 64 == 0)
        go(wait_beside, chan_ref(lines));
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
