/* SPDX-License-Identifier: MIT */
/* Takes what it needs for each request from one large block, and gives nothing back. */
#include "scene.h"

#include <stdlib.h>

static uint64_t *shelf;
static uint64_t used;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    uint64_t *none = NULL, *mine;

    if (!__atomic_load_n(&shelf, __ATOMIC_ACQUIRE))
        __atomic_compare_exchange_n(&shelf, &none, malloc(1 << 27), false, __ATOMIC_RELEASE,
                                    __ATOMIC_RELAXED);
    mine = __atomic_load_n(&shelf, __ATOMIC_ACQUIRE);
    mine += __atomic_fetch_add(&used, 8, __ATOMIC_RELAXED);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    *mine = i;
    return *mine;
}

const struct twin THIS = { op };
