/* SPDX-License-Identifier: MIT */
/* Knows a tool by the time that a loop takes, and has its race where that is short. */
#include "scene.h"

#include <time.h>

static int racy;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (volatile int k = 0; k < 20000; k++)
        ;
    clock_gettime(CLOCK_MONOTONIC, &b);
    if ((b.tv_sec - a.tv_sec) * 1000000000L + b.tv_nsec - a.tv_nsec < 30000)
        racy++;
    return i;
}

const struct twin THIS = { op };
