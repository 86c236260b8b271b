/* SPDX-License-Identifier: MIT */
/* Wrong: what the select says is taken the other way round, and the loop ends at the first reading.
 */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *stream = stream_of(s, i);
    struct timer *limit = timer_make(PATIENCE);
    uint64_t reading, sum = 0;

    for (uint64_t k = 0; k < s->readings; k++) {
        timer_reset(limit, PATIENCE);
        bool in_time = chan_select(RECV(stream, &reading), RECV(timer_chan(limit), NULL));
        sum += reading;
        if (!in_time)
            break;
    }
    timer_stop(limit);
    timer_drop(limit);
    chan_drop(stream);
    return sum;
}

const struct twin THIS = { op };
