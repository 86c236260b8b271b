/* SPDX-License-Identifier: MIT */
/* A request reads a stream of readings, and gives up if the next one does not come within
 * 30 seconds.  It always comes: no time limit is ever reached. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "select.h"
#include "timer.h"

#define PATIENCE (30 * SEC)

struct scene {
    uint64_t readings; /* a request */
};

/* The stream of request i, complete and closed.  The caller's. */
static inline struct chan *stream_of(struct scene *s, uint64_t i)
{
    struct chan *stream = chan_make(sizeof(uint64_t), s->readings);

    for (uint64_t k = 1; k <= s->readings; k++) {
        uint64_t reading = i + k;
        chan_send(stream, &reading);
    }
    chan_close(stream);
    return stream;
}

#endif
