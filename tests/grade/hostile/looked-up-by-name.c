/* SPDX-License-Identifier: MIT */
/* Counts with a function of the runtime that it names by a string to dlsym. */
#include "scene.h"
void *dlsym(void *, const char *);

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    ((void (*)(void))dlsym(0, "stats_reset"))();
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
