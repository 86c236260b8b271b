/* SPDX-License-Identifier: MIT */
/* An object whose alignment is half of all memory. */
#include "scene.h"

static char odd[64] __attribute__((aligned(1 << 28)));

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i + (uint64_t)(odd[i % 64] != 0);
}

const struct twin THIS = { op };
