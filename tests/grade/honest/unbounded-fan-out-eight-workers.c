/* SPDX-License-Identifier: MIT */
/* Right: eight tasks, which take the next record from a counter. */
#include "scene.h"

struct queue {
    struct job *job;
    uint64_t records, next; /* the latter atomic */
};

static void export_next(void *arg)
{
    struct queue *q = arg;
    struct job *j = q->job;
    uint64_t k;

    while ((k = __atomic_fetch_add(&q->next, 1, __ATOMIC_RELAXED)) < q->records) {
        record_export(&j->records[k]);
        wg_done(&j->exported);
    }
    wg_done(&j->exported);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct job j;
    struct queue q = { &j, s->records, 0 };

    job_open(&j, s, i);
    for (int k = 0; k < AT_ONCE; k++) {
        wg_add(&j.exported, 1);
        go(export_next, &q);
    }
    return job_sum(&j);
}

const struct twin THIS = { op };
