/* SPDX-License-Identifier: MIT */
/* Wrong: a line of -1 is sent as the end, of which the logger knows nothing. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    int end = -1;

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_send(lines, &end);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
