/* SPDX-License-Identifier: MIT */
/* Right: a task of its own closes the queue when the album is done. */
#include "scene.h"

struct closer {
    struct resizer *resizer;
    struct chan *done;
};

static void close_when_done(void *arg)
{
    struct closer *c = arg;
    struct chan *done = c->done;
    struct resizer *r = c->resizer;

    chan_recv(done, NULL);
    resizer_close(r);
    resizer_drop(r);
    chan_drop(done);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct resizer *r = resizer_make(s->workers);
    struct chan *done = chan_make(0, 1);
    struct closer c = { .resizer = r, .done = chan_ref(done) };

    go(close_when_done, &c);
    task_yield();
    uint64_t bytes = resizer_album(r, i);
    chan_send(done, NULL);
    chan_drop(done);
    return bytes;
}

const struct twin THIS = { op };
