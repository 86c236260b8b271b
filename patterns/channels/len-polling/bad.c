#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++) {
        if (chan_len(s->inbox) > 0) {
            job_get_ready();
            if (job_take_surely(s, &job)) /* "it is there, I have just looked" */
                job_do(s, job);
        }
    }
    return i;
}

const struct twin THIS = { op };
