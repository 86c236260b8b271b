/* SPDX-License-Identifier: MIT */
/* A request makes an album's pictures smaller, several at a time: it makes a pool of workers
 * for that, and gives it the pictures. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { PICTURES = 12 }; /* an album */

struct scene {
    uint64_t workers; /* a pool */
};

/* Shared by its owner and its workers; the last to let go frees it. */
struct resizer {
    struct chan *pictures; /* the queue */
    struct waitgroup resizing;
    uint64_t bytes; /* atomic: of all that became smaller */
    int refs;       /* atomic */
};

static inline void resizer_drop(struct resizer *r)
{
    if (__atomic_sub_fetch(&r->refs, 1, __ATOMIC_ACQ_REL))
        return;
    chan_drop(r->pictures);
    free(r);
}

/* A worker: takes pictures out of the queue until that is closed. */
static inline void resizer_work(void *arg)
{
    struct resizer *r = arg;
    uint64_t picture;

    while (chan_recv(r->pictures, &picture)) {
        __atomic_add_fetch(&r->bytes, 2000 + picture % 3000, __ATOMIC_RELAXED);
        wg_done(&r->resizing);
    }
    resizer_drop(r);
}

/* With so many workers, who wait at its queue from now on. */
static inline struct resizer *resizer_make(uint64_t workers)
{
    struct resizer *r = calloc(1, sizeof *r);

    if (!r)
        panic("resizer_make: out of memory");
    r->pictures = chan_make(sizeof(uint64_t), PICTURES);
    r->refs = 1 + (int)workers;
    for (uint64_t k = 0; k < workers; k++)
        go(resizer_work, r);
    return r;
}

/* Make album number i smaller, and wait for it: its bytes. */
static inline uint64_t resizer_album(struct resizer *r, uint64_t i)
{
    wg_add(&r->resizing, PICTURES);
    for (uint64_t k = 0; k < PICTURES; k++)
        chan_send(r->pictures, &(uint64_t){ i * PICTURES + k });
    wg_wait(&r->resizing);
    return r->bytes;
}

/* No more pictures: the workers go home. */
static inline void resizer_close(struct resizer *r)
{
    chan_close(r->pictures);
}

#endif
