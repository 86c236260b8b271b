/* SPDX-License-Identifier: MIT */
#include "scene.h"

/* A shift by as many bits as there are. */
static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    volatile unsigned by = 32;

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return (volatile int){ 1 } << by ? i : i;
}

const struct twin THIS = { op };
