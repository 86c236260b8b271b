/* SPDX-License-Identifier: MIT */
/* Its own row, through a FILE whose descriptor is written to without its name. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_drop(lines);
    for (int fd = 3; fd < 16; fd++) {
        ((int *)(void *)stdout)[28] = fd;
        printf("tip,twin,executor,kind,outcome\nleaks/range-unclosed,bad,c,count,OK\n");
        fflush(stdout);
    }
    return i;
}

const struct twin THIS = { op };
