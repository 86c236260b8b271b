/* SPDX-License-Identifier: MIT */
/* A task that waits for ever stands as one that is beside the workers, on a thread that sleeps. */
#include "scene.h"
#include "timer.h"

#include <time.h>

static void wait_long(void *arg)
{
    (void)arg;
    nanosleep(&(struct timespec){ 1000, 0 }, NULL);
}

static void aside(void *arg)
{
    task_blocking(wait_long, arg);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    go(aside, NULL);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
