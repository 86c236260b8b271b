/* SPDX-License-Identifier: MIT */
/* Right: a helper is given the sending end, and whoever sends all lines also closes. */
#include "scene.h"

static void send_lines(struct chan_tx to, int n)
{
    for (int k = 0; k < n; k++)
        tx_send(to, &k);
    tx_close(to);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    send_lines((struct chan_tx){ lines }, s->lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
