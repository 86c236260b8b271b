/* SPDX-License-Identifier: MIT */
/* Prints a line of two billion blanks with each request. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    printf("%*d", 2000000000, 1);
    return i;
}

const struct twin THIS = { op };
