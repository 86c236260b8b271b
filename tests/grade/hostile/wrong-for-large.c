/* SPDX-License-Identifier: MIT */
/* Right for small numbers. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i < (1u << 20) ? i : (uint32_t)i ^ 1;
}

const struct twin THIS = { op };
