/* SPDX-License-Identifier: MIT */
/* workloads.c - how many requests each tip is measured with, in C and in each Go.
 *
 * Found by trial once a run and stored, so that all of the run uses the same, whether it
 * was interrupted or not. */
#include "run/workloads.h"

#include "process/executors.h"
#include "store/schema.h"

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
           csv_count(t, "slope_ops", &s->slope) && !isnan(s->ns_bad) && !isnan(s->ns_good);
}

/* What an earlier part of this run found, so that all of it uses the same. */
static void read_scales(struct workloads *w, const struct store *store)
{
    size_t length;
    char *text = store_slurp(store_path(store, "plan.csv"), &length);
    struct csv t;
    struct workload s;

    if (text && csv_open(&t, text) == 0)
        while (csv_next(&t))
            if (read_scale(&t, &s) && !is_calibrated(w, s.e, s.executor))
                w->list[w->n++] = s;
    free(text);
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
    if (go && scope_is_brief(scope) && s->batch / 2 >= tip_timing(t).clients)
        s->batch /= 2;
    return error;
}

/* C on another heap is timed with the requests of C. */
static bool has_workload(const struct executor *x, const struct entry *e)
{
    return x->heap == HEAP_DEFAULT && executor_runs(x, e);
}

static int calibrate_all(struct workloads *w, const struct scope *scope, struct runner *r,
                         const struct entry *e)
{
    int error = 0;

    for (size_t k = 0; k < nexecutors() && !error; k++) {
        const struct executor *x = executor_at(k);
        if (!has_workload(x, e) || is_calibrated(w, e, x))
            continue;
        w->list[w->n] = (struct workload){ .e = e, .executor = x };
        error = calibrate_tip(&w->list[w->n++], scope, r);
    }
    return error;
}

int workloads_find(struct workloads *w, const struct scope *scope, struct runner *r, bool resume)
{
    int error = 0;

    *w = (struct workloads){ calloc(nexecutors() * (nentries + 1), sizeof *w->list), 0 };
    if (!w->list)
        return -ENOMEM;
    if (resume)
        read_scales(w, r->store);
    progress_phase(&r->progress, "calibrating");
    for (size_t i = 0; i < scope->ntips && !error; i++)
        error = calibrate_all(w, scope, r, scope->tips[i]);
    return error ? error : store_scales(w, r->store);
}
