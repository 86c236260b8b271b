/* SPDX-License-Identifier: MIT */
/* No harm in it: has a helper that is not static. */
#include "scene.h"

void write_lines(struct scene *s, struct chan *lines);

void write_lines(struct scene *s, struct chan *lines)
{
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    write_lines(s, lines);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
