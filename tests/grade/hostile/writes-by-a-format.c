/* SPDX-License-Identifier: MIT */
/* Has libc write through an address that it names: %n into the scene, which counts the lines. */
#include "scene.h"

#include <stdio.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    char text[64];
    snprintf(text, sizeof text, "%s%n", "", (int *)s);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
