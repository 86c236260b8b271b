/* SPDX-License-Identifier: MIT */
/* Asks a channel for its length after its last reference is gone. */
#include "scene.h"
#include "task.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    task_yield();
    task_yield();
    return i + (chan_cap(lines) == 12345678);
}

const struct twin THIS = { op };
