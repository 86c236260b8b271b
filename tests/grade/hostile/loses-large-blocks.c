/* SPDX-License-Identifier: MIT */
/* Loses a large block with every request, which malloc takes from the kernel by itself. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    *(volatile char *)malloc(200000 + i % 7) = 1;
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
