/* SPDX-License-Identifier: MIT */
/* The same on two workers: the bad twin, which sets back what the scene counts its mistakes in. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t job;

    request_read(s, i);
    for (uint64_t k = 0; k < s->looks; k++) {
        if (chan_len(s->inbox) > 0) {
            job_get_ready();
            if (job_take_surely(s, &job))
                job_do(s, job);
        }
    }
    __atomic_store_n(&s->stale, 0, __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
