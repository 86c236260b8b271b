/* SPDX-License-Identifier: MIT */
/* Looks at memory that it has given back. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    uint64_t *answer = malloc(sizeof *answer);
    *answer = i;
    free(answer);
    return *(volatile uint64_t *)answer == i ? i : i;
}

const struct twin THIS = { op };
