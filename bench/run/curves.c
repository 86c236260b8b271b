/* SPDX-License-Identifier: MIT */
/* curves.c - plans the points of a curve: how many requests each has, and in which order they
 * run. */
#include "run/curves.h"

#include <errno.h>
#include <stdlib.h>

/* A rank interval at 95 % needs six values (rank_intervals.h). */
enum { CURVE_BLOCKS = 6 };

struct points {
    struct workload *list;
    size_t n;
};

/* Of several releases of Go only the newest is measured for a curve, as it alone is measured in
 * full. */
static bool has_curve(const struct workload *s)
{
    return s->batch > 0 && tip_curve_points(s->e->tip) > 0 && !executor_is_older(s->executor);
}

static struct points points_make(const struct workloads *w)
{
    struct points p = { calloc(w->n * MAX_POINTS + 1, sizeof *p.list), 0 };

    for (size_t i = 0; p.list && i < w->n; i++)
        for (size_t k = 0; has_curve(&w->list[i]) && k < tip_curve_points(w->list[i].e->tip); k++) {
            struct workload *point = &p.list[p.n++];
            *point = w->list[i];
            point->size = w->list[i].e->tip->curve[k];
        }
    return p;
}

/* The size of its batch in an earlier part of this run.  0: there is none yet. */
static uint64_t batch_before(const struct workload *point, const struct runner *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct sample *s = &r->samples[i];
        if (s->kind == KIND_CURVE && s->lang == point->executor &&
            s->size == (int64_t)point->size && tip_find(s->tip) == point->e)
            return (uint64_t)s->ops;
    }
    return 0;
}

/* Found by trial: at a larger size a batch of as many requests would last too long. */
static int find_batch(struct workload *point, struct runner *r)
{
    char why[CHILD_WHY];
    uint64_t before = batch_before(point, r);

    point->batch = before;
    return before > 0 ? 0 : runner_calibrate(r, point, why);
}

/* Round by round, so that what happens to the machine meanwhile happens to all points. */
static void plan(struct jobs *j, const struct points *p)
{
    for (size_t block = 0; block < CURVE_BLOCKS; block++)
        for (size_t i = 0; i < p->n; i++)
            if (p->list[i].batch > 0)
                plan_block(j, &p->list[i], p->list[i].executor, false, block);
}

static int measure(struct points *p, struct runner *r)
{
    struct jobs jobs = { 0 };
    int error = 0;

    for (size_t i = 0; i < p->n && !error; i++)
        error = find_batch(&p->list[i], r);
    if (error)
        return error;
    plan(&jobs, p);
    progress_plan(&r->progress, plan_ms(&jobs));
    error = runner_run(r, &jobs, 1);
    free(jobs.list);
    return error;
}

int curves_run(const struct workloads *w, const struct scope *scope, struct runner *r)
{
    if (scope_is_brief(scope))
        return 0;
    struct points p = points_make(w);
    if (!p.list)
        return -ENOMEM;
    if (p.n > 0)
        progress_phase(&r->progress, "curves");
    int error = measure(&p, r);
    free(p.list);
    return error;
}
