/* SPDX-License-Identifier: MIT */
/* Wrong: the timers are in order; the stream is not dropped. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *stream = stream_of(s, i);
    uint64_t reading, sum = 0;

    for (uint64_t k = 0; k < s->readings; k++)
        if (chan_recv_timed(stream, &reading, PATIENCE) == CHAN_OK)
            sum += reading;
    return sum;
}

const struct twin THIS = { op };
