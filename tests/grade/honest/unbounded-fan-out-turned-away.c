/* SPDX-License-Identifier: MIT */
/* Wrong: who finds no slot is not exported. */
#include "scene.h"

static void export(void *arg)
{
    struct record *r = arg;
    struct job *j = r->job;

    record_export(r);
    chan_recv(j->scene->slots, NULL);
    wg_done(&j->exported);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j;

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k++) {
        if (chan_try_send(s->slots, NULL) == CHAN_OK)
            go(export, &j.records[k]);
        else
            wg_done(&j.exported);
    }
    return job_sum(&j);
}

const struct twin THIS = { op };
