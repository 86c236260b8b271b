/* SPDX-License-Identifier: MIT */
/* Its chan_close begins with a letter that only looks like a c. */
#include "scene.h"

static int сhan_close(struct chan *c)
{
    return c != NULL;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    сhan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
