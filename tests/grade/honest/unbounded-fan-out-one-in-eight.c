/* SPDX-License-Identifier: MIT */
/* Wrong: every eighth request still starts a task a record, all at once. */
#include "scene.h"

static void export_all(void *arg)
{
    struct record *r = arg;
    struct job *j = r->job;

    record_export(r);
    wg_done(&j->exported);
}

static uint64_t all_at_once(struct scene *s, uint64_t i)
{
    struct job j;

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k++) {
        go(export_all, &j.records[k]);
    }
    return job_sum(&j);
}

static void export_and_let_in(void *arg)
{
    struct record *r = arg;
    struct job *j = r->job;

    record_export(r);
    chan_recv(j->scene->slots, NULL);
    wg_done(&j->exported);
}

static uint64_t eight_at_once(struct scene *s, uint64_t i)
{
    struct job j;

    job_open(&j, s, i);
    for (uint64_t k = 0; k < s->records; k++) {
        chan_send(s->slots, NULL);
        go(export_and_let_in, &j.records[k]);
    }
    return job_sum(&j);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? all_at_once(s, i) : eight_at_once(s, i);
}

const struct twin THIS = { op };
