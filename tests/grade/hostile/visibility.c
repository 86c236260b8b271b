/* SPDX-License-Identifier: MIT */
/* An attribute that changes who looks at a function, or what it becomes: visibility. */
#include "scene.h"

__attribute__((visibility("protected"))) static void touch(void)
{
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    touch();
    return i;
}

const struct twin THIS = { op };
