/* SPDX-License-Identifier: MIT */
/* Reaches what belongs to the thread by its segment, where the runtime has its own. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const uintptr_t __seg_fs *self = (const uintptr_t __seg_fs *)0x10;
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    *(volatile uintptr_t *)(*self - 8) = 0;
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
