/* SPDX-License-Identifier: MIT */
/* Another name for a function of the runtime. */
#include "scene.h"

static int mine(struct chan *, const void *) __attribute__((weakref("chan_send")));
static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
