/* SPDX-License-Identifier: MIT */
/* The scene's receive is a macro of the file's. */
#include "chan.h"
#undef chan_recv
#define chan_recv(c, v) ((void)(v), 0)
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
