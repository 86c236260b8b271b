/* SPDX-License-Identifier: MIT */
/* Takes what it needs for each request from an array of its own, and gives nothing back. */
#include "scene.h"

static volatile uint64_t shelf[1 << 24];
static uint64_t used;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    volatile uint64_t *mine = &shelf[__atomic_fetch_add(&used, 8, __ATOMIC_RELAXED)];

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    *mine = i;
    return *mine;
}

const struct twin THIS = { op };
