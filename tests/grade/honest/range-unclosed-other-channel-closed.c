/* SPDX-License-Identifier: MIT */
/* Wrong: another channel is closed than the one that the logger waits at. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0), *over = chan_make(0, 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(over); /* the logger should see that */
    chan_drop(over);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
