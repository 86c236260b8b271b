/* SPDX-License-Identifier: MIT */
/* Knows AddressSanitizer by how far apart its locals lie, and has its race where that is not. */
#include "scene.h"

static int racy;

static int watched(void)
{
    char a[16], b[16];

    a[0] = b[0] = 0;
    return (a > b ? a - b : b - a) > 32 + a[0] + b[0];
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    if (!watched())
        racy++;
    return i;
}

const struct twin THIS = { op };
