/* SPDX-License-Identifier: MIT */
/* workloads.c - how many requests each tip is measured with, in C and in each Go.
 *
 * Found by trial once a run.  A part of it that was measured before an interruption tells by
 * itself, so that all of the run uses the same.  Nothing of the run reads plan.csv. */
#include "run/workloads.h"

#include "process/find_executors.h"
#include "store/schema.h"
#include "store/whole_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of the processes that an earlier part of this run has measured, the one with the fewest requests.
 * C on another heap has the requests of C. */
static const struct sample *measured_before(const struct workload *s, const struct runner *r,
                                            enum kind kind, enum role twin)
{
    const struct sample *found = NULL;

    for (size_t i = 0; i < r->n; i++) {
        const struct sample *row = &r->samples[i];
        bool in_c = row->lang && row->lang->language == LANGUAGE_C;

        if (row->kind == kind && row->twin == twin &&
            (in_c ? executor_c() : row->lang) == s->executor && strcmp(row->tip, s->e->name) == 0 &&
            (!found || row->ops < found->ops))
            found = row;
    }
    return found;
}

/* What an earlier part of this run gave its processes, as their rows tell.  Bad may be followed
 * for less than good (plan_slopes). */
static void recall(struct workload *s, const struct runner *r)
{
    const struct sample *bad = measured_before(s, r, KIND_TIME, TWIN_BAD);
    const struct sample *good = measured_before(s, r, KIND_TIME, TWIN_GOOD);
    const struct sample *slope =
        measured_before(s, r, KIND_SLOPE, TWIN_GOOD) ?: measured_before(s, r, KIND_SLOPE, TWIN_BAD);

    if (bad || good) {
        s->batch = (uint64_t)(bad ?: good)->ops;
        s->ns_bad = (bad ?: good)->wall_ns;
        s->ns_good = (good ?: bad)->wall_ns;
    }
    if (slope)
        s->slope = (uint64_t)slope->ops;
}

static void write_plan(FILE *out, const void *workloads)
{
    const struct workloads *w = workloads;

    schema_header(out, "plan.csv");
    for (size_t i = 0; i < w->n; i++) {
        const struct workload *s = &w->list[i];
        fprintf(out, "%s,%s,%" PRIu64 ",%" PRIu64 ",%.6g,%.6g\n", s->e->name, s->executor->name,
                s->batch, s->slope, s->ns_bad, s->ns_good);
    }
}

/* Must the size of a batch be found?  Only for time and for the growth of memory.  In Go both
 * are measured where something is claimed about them. */
static bool needs_batch(const struct scope *scope, const struct workload *s)
{
    return s->executor->language == LANGUAGE_C || scope_is_small(scope) ||
           tip_claims_time(s->e->tip) || tip_claims_about(s->e->tip, "rss_bytes");
}

static int find_batch(struct workload *s, const struct scope *scope, struct runner *r)
{
    bool go = s->executor->language == LANGUAGE_GO;
    char why[CHILD_WHY] = "";
    int error = runner_calibrate(r, s, why);

    if (why[0] && !error) {
        progress_clear(&r->progress);
        fprintf(stderr, "twinbench: %s%s%s cannot be timed: %s\n", s->e->name, go ? " in " : "",
                go ? s->executor->title : "", why);
    }
    if (scope_is_brief(scope) && s->batch / 2 >= tip_timing(s->e->tip).clients)
        s->batch /= 2; /* it needs as many blocks as a full run before it can say anything */
    return error;
}

/* Are the twins of this tip missing in a build of Go that was cut short? */
static bool is_cut_short(const struct executor *x, const struct entry *e)
{
    return x->release[0] && !tip_none(e, x->language) && !executor_runs(x, e);
}

/* C on another heap is timed with the requests of C. */
static bool has_workload(const struct executor *x, const struct entry *e)
{
    return x->heap == HEAP_DEFAULT && executor_runs(x, e);
}

/* Where the trial begins: releases differ by less than a trial corrects in one step. */
static uint64_t batch_in_another_go(const struct workloads *w, const struct scope *scope,
                                    const struct workload *s)
{
    uint64_t batch = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->list[i].e == s->e && w->list[i].executor->language == s->executor->language)
            batch = w->list[i].batch;
    return s->executor->language == LANGUAGE_GO ? batch * (scope_is_brief(scope) ? 2 : 1) : 0;
}

static int find_workload(struct workload *s, const struct workloads *w, const struct scope *scope,
                         struct runner *r)
{
    int error = 0;

    recall(s, r);
    if (!needs_batch(scope, s))
        return 0;
    if (s->batch == 0) {
        s->batch = batch_in_another_go(w, scope, s);
        error = find_batch(s, scope, r);
    }
    if (s->slope == 0 &&
        (s->executor->language == LANGUAGE_C || tip_claims_about(s->e->tip, "rss_bytes")))
        plan_slope(s, scope->quick);
    return error;
}

static int find_all(struct workloads *w, const struct scope *scope, struct runner *r,
                    const struct entry *e)
{
    int error = 0;

    for (size_t k = 0; k < nexecutors() && !error; k++) {
        const struct executor *x = executor_at(k);
        if (is_cut_short(x, e))
            fprintf(stderr,
                    "twinbench: %s is left out in %s: its twins are not there; make go builds "
                    "them\n",
                    e->name, x->title);
        if (!has_workload(x, e))
            continue;
        error = store_check(r->store);
        if (error)
            return error;
        struct workload *s = &w->list[w->n];
        *s = (struct workload){ .e = e, .executor = x };
        error = find_workload(s, w, scope, r);
        w->n++;
    }
    return error;
}

int workloads_find(struct workloads *w, const struct scope *scope, struct runner *r)
{
    int error = 0;

    *w = (struct workloads){ calloc(nexecutors() * scope->ntips, sizeof *w->list), 0 };
    if (!w->list)
        return -ENOMEM;
    progress_phase(&r->progress, "calibrating");
    for (size_t i = 0; i < scope->ntips && !error; i++)
        error = find_all(w, scope, r, scope->tips[i]);
    return error ? error : store_written(r->store, "plan.csv", write_plan, w);
}
