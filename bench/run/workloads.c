/* SPDX-License-Identifier: MIT */
/* workloads.c - how many requests each tip is measured with, in C and in each Go.
 *
 * Found by trial once a run and stored, so that all of the run uses the same, whether it
 * was interrupted or not. */
#include "run/workloads.h"

#include "process/executors.h"
#include "store/schema.h"
#include "store/whole_file.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static bool is_calibrated(const struct workloads *w, const struct entry *e,
                          const struct executor *x)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->list[i].e == e && w->list[i].executor == x)
            return true;
    return false;
}

static bool read_scale(const struct csv *t, struct workload *s)
{
    const char *tip = csv_field(t, "tip"), *lang = csv_field(t, "lang");

    *s = (struct workload){ .e = tip ? tip_find(tip) : NULL,
                            .executor = lang ? executor_named(lang) : NULL,
                            .ns_bad = csv_number(t, "bad_ns"),
                            .ns_good = csv_number(t, "good_ns") };
    return s->e && s->executor && csv_count(t, "batch_ops", &s->batch) &&
           csv_count(t, "slope_ops", &s->slope) && isfinite(s->ns_bad) && isfinite(s->ns_good) &&
           s->ns_bad >= 0 && s->ns_good >= 0;
}

void workloads_read(struct workloads *w, struct csv *t)
{
    struct workload s;

    while (csv_next(t)) {
        if (!read_scale(t, &s))
            csv_reject(t);
        else if (!is_calibrated(w, s.e, s.executor))
            w->list[w->n++] = s;
    }
}

/* Was this process given as many requests as its plan says, which is not known? */
static bool lacks_plan(const struct workloads *w, const struct sample *s)
{
    const struct entry *e = tip_find(s->tip);
    bool in_c = s->lang && s->lang->language == LANGUAGE_C;

    return (s->kind == KIND_TIME || s->kind == KIND_SLOPE) && e &&
           !is_calibrated(w, e, in_c ? executor_c() : s->lang);
}

static int check_plan(const struct workloads *w, const struct runner *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (lacks_plan(w, &r->samples[i])) {
            fprintf(stderr,
                    "twinbench: cannot resume %s: plan.csv no longer says how many requests %s "
                    "was given; start a new run\n",
                    store_folder(r->store), r->samples[i].tip);
            return -EINVAL;
        }
    return 0;
}

/* What an earlier part of this run found, so that all of it uses the same. */
static int read_scales(struct workloads *w, const struct runner *r)
{
    const char *path = store_path(r->store, "plan.csv");
    size_t length;
    char *text = whole_file_read(path, &length);
    struct csv t;

    if (text && csv_open(&t, text, length) == 0)
        workloads_read(w, &t);
    if (text)
        csv_say_foreign(&t, path, stderr);
    free(text);
    return check_plan(w, r);
}

static int store_scales(const struct workloads *w, struct store *store)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return -ENOMEM;
    schema_header(out, "plan.csv");
    for (size_t i = 0; i < w->n; i++) {
        const struct workload *s = &w->list[i];
        fprintf(out, "%s,%s,%" PRIu64 ",%" PRIu64 ",%.6g,%.6g\n", s->e->name, s->executor->name,
                s->batch, s->slope, s->ns_bad, s->ns_good);
    }
    fclose(out);
    int error = store_file(store, "plan.csv", text, length);
    free(text);
    return error;
}

/* What only the clock and the growth of memory need; in Go both are measured where
 * something is claimed about them. */
static bool needs_scale(const struct scope *scope, const struct workload *s)
{
    return s->executor->language == LANGUAGE_C || scope_is_small(scope) ||
           tip_claims_time(s->e->tip) || tip_claims_about(s->e->tip, "rss_bytes");
}

static int calibrate_tip(struct workload *s, const struct scope *scope, struct runner *r)
{
    const struct tip *t = s->e->tip;
    bool go = s->executor->language == LANGUAGE_GO;
    char why[CHILD_WHY] = "";

    if (!needs_scale(scope, s))
        return 0;
    int error = runner_calibrate(r, s, why);
    if (why[0] && !error) {
        progress_clear(&r->progress);
        fprintf(stderr, "twinbench: %s%s%s cannot be timed: %s\n", s->e->name, go ? " in " : "",
                go ? s->executor->title : "", why);
    }
    if (!go || tip_claims_about(t, "rss_bytes"))
        plan_slope(s, scope->quick);
    if (scope_is_brief(scope) && s->batch / 2 >= tip_timing(t).clients)
        s->batch /= 2; /* it needs as many blocks as a full run for its first words */
    return error;
}

/* Is it without twins there that it has? */
static bool is_cut_short(const struct executor *x, const struct entry *e)
{
    return x->release[0] && !tip_none(e, x->language) && !executor_runs(x, e);
}

/* C on another heap is timed with the requests of C. */
static bool has_workload(const struct executor *x, const struct entry *e)
{
    return x->heap == HEAP_DEFAULT && executor_runs(x, e);
}

/* Where to begin: releases differ by less than a trial finds at once. */
static uint64_t batch_in_another_go(const struct workloads *w, const struct scope *scope,
                                    const struct workload *s)
{
    uint64_t batch = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->list[i].e == s->e && w->list[i].executor->language == s->executor->language)
            batch = w->list[i].batch;
    return s->executor->language == LANGUAGE_GO ? batch * (scope_is_brief(scope) ? 2 : 1) : 0;
}

static int calibrate_all(struct workloads *w, const struct scope *scope, struct runner *r,
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
        if (!has_workload(x, e) || is_calibrated(w, e, x))
            continue;
        error = store_check(r->store);
        if (error)
            return error;
        struct workload *s = &w->list[w->n];
        *s = (struct workload){ .e = e, .executor = x };
        s->batch = batch_in_another_go(w, scope, s);
        w->n++;
        error = calibrate_tip(s, scope, r);
    }
    return error;
}

bool workloads_make(struct workloads *w)
{
    *w = (struct workloads){ calloc(nexecutors() * (nentries + 1), sizeof *w->list), 0 };
    return w->list;
}

int workloads_find(struct workloads *w, const struct scope *scope, struct runner *r, bool resume)
{
    int error = 0;

    if (!workloads_make(w))
        return -ENOMEM;
    if (resume)
        error = read_scales(w, r);
    progress_phase(&r->progress, "calibrating");
    for (size_t i = 0; i < scope->ntips && !error; i++)
        error = calibrate_all(w, scope, r, scope->tips[i]);
    return error ? error : store_scales(w, r->store);
}
