/* SPDX-License-Identifier: MIT */
/* Loses what libc allocates for it. */
#include "scene.h"

#include <stdio.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    char *text;
    if (asprintf(&text, "%lu of %p", (unsigned long)i, (void *)lines) < 0)
        return 0;
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
