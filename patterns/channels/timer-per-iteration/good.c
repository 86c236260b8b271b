#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *stream = stream_of(s, i);
    uint64_t reading, sum = 0;
    int late = 0;

    struct timer *limit = timer_make(PATIENCE); /* one for all of them, */
    for (uint64_t k = 0; k < s->readings && !late; k++) {
        timer_reset(limit, PATIENCE); /* wound up again each time, */
        late = chan_select(RECV(stream, &reading), RECV(timer_chan(limit), NULL));
        sum += reading;
    }
    timer_stop(limit); /* and stopped when it is over */
    timer_drop(limit);
    chan_drop(stream);
    return sum;
}

const struct twin THIS = { op };
