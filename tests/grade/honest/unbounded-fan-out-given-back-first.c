/* SPDX-License-Identifier: MIT */
/* Wrong: the slot is given back before the work is done. */
#include "scene.h"

static void export(void *arg)
{
    struct record *r = arg;
    struct job *j = r->job;

    chan_recv(j->scene->slots, NULL);
    record_export(r);
    wg_done(&j->exported);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j;

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k++) {
        chan_send(s->slots, NULL);
        go(export, &j.records[k]);
    }
    return job_sum(&j);
}

const struct twin THIS = { op };
