/* SPDX-License-Identifier: MIT */
/* Right: one timer, stopped and dropped by a cleanup, and wound up again for each reading. */
#include "scene.h"

static void limit_end(struct timer **limit)
{
    timer_stop(*limit);
    timer_drop(*limit);
}

static uint64_t read_all(struct chan *stream, uint64_t n)
{
    __attribute__((cleanup(limit_end))) struct timer *limit = timer_make(PATIENCE);
    uint64_t reading, sum = 0;

    while (n-- > 0) {
        timer_reset(limit, PATIENCE);
        if (chan_select(RECV(stream, &reading), RECV(timer_chan(limit), NULL)) != 0)
            break;
        sum += reading;
    }
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *stream = stream_of(s, i);
    uint64_t sum = read_all(stream, s->readings);

    chan_drop(stream);
    return sum;
}

const struct twin THIS = { op };
