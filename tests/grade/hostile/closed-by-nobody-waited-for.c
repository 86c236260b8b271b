/* SPDX-License-Identifier: MIT */
/* Leaves the close to a task that sleeps longer than anybody waits. */
#include "scene.h"

static void close_later(void *lines)
{
    task_sleep(1000000000);
    chan_close(lines);
    chan_drop(lines);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    go(close_later, lines);
    return i;
}

const struct twin THIS = { op };
