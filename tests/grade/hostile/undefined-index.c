/* SPDX-License-Identifier: MIT */
#include "scene.h"

/* An element behind the last, in a table within a table: no memory of another's is touched. */
static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    volatile int table[2][4] = { { 0 } };

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i + (uint64_t)table[0][s->lines + 1];
}

const struct twin THIS = { op };
