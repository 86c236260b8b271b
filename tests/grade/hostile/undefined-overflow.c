/* SPDX-License-Identifier: MIT */
/* Right on this machine. */
#include "scene.h"
#include <limits.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    volatile int most = INT_MAX;
    most = most + 1;

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i + (most == 0);
}

const struct twin THIS = { op };
