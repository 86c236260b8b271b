/* SPDX-License-Identifier: MIT */
/* Tells the logger to end, and keeps a reference to its channel. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    return i;
}

const struct twin THIS = { op };
