/* SPDX-License-Identifier: MIT */
/* Forty bytes are lost with every eighth request. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    if (i % 8 == 0) {
        uint64_t *volatile lost = malloc(5 * sizeof *lost);
        *lost = i;
    }
    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
