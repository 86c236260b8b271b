/* SPDX-License-Identifier: MIT */
/* Right: somebody waits, and closes a channel. */
#include "scene.h"

#include "chan.h"

struct waiting {
    struct index *index;
    struct chan *built;
};

static void wait_for(void *arg)
{
    struct waiting w = *(struct waiting *)arg;

    wg_wait(&w.index->built);
    chan_close(w.built);
    chan_drop(w.built);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    struct waiting w = { x, chan_make(0, 0) };
    chan_ref(w.built);
    go(wait_for, &w);
    chan_recv(w.built, NULL);
    chan_drop(w.built);
    return index_sum(x);
}

const struct twin THIS = { op };
