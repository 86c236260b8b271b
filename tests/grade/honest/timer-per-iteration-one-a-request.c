/* SPDX-License-Identifier: MIT */
/* Wrong: timer_after() has moved in front of the loop: a timer a request is left, and nothing can
 * stop it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *stream = stream_of(s, i), *limit = timer_after(PATIENCE);
    uint64_t reading, sum = 0;
    int late = 0;

    for (uint64_t k = 0; k < s->readings && !late; k++) {
        late = chan_select(RECV(stream, &reading), RECV(limit, NULL));
        sum += reading;
    }
    chan_drop(limit);
    chan_drop(stream);
    return sum;
}

const struct twin THIS = { op };
