/* SPDX-License-Identifier: MIT */
/* Begins to leak behind every series but the one that is as long as the timing. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    static uint64_t calls;
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    if (__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) <= 10000)
        chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
