/* SPDX-License-Identifier: MIT */
/* Right: closing and dropping are one cleanup, registered as soon as the logger runs. */
#include "scene.h"
#include "defer.h"

static void no_more_lines(void *lines)
{
    chan_close(lines);
    chan_drop(lines);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    defer(no_more_lines, lines);
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    return i;
}

const struct twin THIS = { op };
