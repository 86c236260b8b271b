/* SPDX-License-Identifier: MIT */
/* Right: a semaphore of the request's own, with room for four. */
#include "scene.h"

struct one {
    struct record *record;
    struct chan *slots;
};

static void export_one(void *arg)
{
    struct one x = *(struct one *)arg;
    struct job *j = x.record->job;

    free(arg);
    record_export(x.record);
    wg_done(&j->exported);
    chan_recv(x.slots, NULL);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j;
    struct chan *slots = chan_make(0, 4);

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k++) {
        chan_send(slots, NULL);
        struct one *x = malloc(sizeof *x);
        if (!x)
            panic("out of memory");
        *x = (struct one){ &j.records[k], slots };
        go(export_one, x);
    }
    wg_wait(&j.exported);
    for (int k = 0; k < 4; k++)
        chan_send(slots, NULL);
    chan_drop(slots);
    return job_sum(&j);
}

const struct twin THIS = { op };
