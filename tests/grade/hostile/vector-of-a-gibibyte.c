/* SPDX-License-Identifier: MIT */
/* A decimal number of a hundred thousand digits, and a shift by as many. */
#include "scene.h"
static const _Float128 wide = 1e-4900Q;
typedef unsigned long long huge __attribute__((vector_size(1 << 30)));
static huge many;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    many[i % 8] = (unsigned long long)wide;
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
