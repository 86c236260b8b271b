/* SPDX-License-Identifier: MIT */
/* Makes a pool with every request, puts something into it and forgets it. */
#include "scene.h"

#include "pool.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    struct pool *p = pool_make(NULL, NULL, NULL);

    pool_put(p, malloc(64));
    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
