/* SPDX-License-Identifier: MIT */
/* A recursion of which every second request reaches the page that guards the stack. */
#include "scene.h"

static __attribute__((noinline)) uint64_t deep(uint64_t n)
{
    volatile char page[4096];

    page[0] = (char)n;
    return n ? deep(n - 1) + (uint64_t)page[0] * 0 : 0;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    deep(13 + i % 2);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
