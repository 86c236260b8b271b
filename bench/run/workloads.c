/* SPDX-License-Identifier: MIT */
/* workloads.c - how many requests each tip is measured with, in C and in Go.
 *
 * Found by trial once a run and stored, so that all of the run uses the same, whether it
 * was interrupted or not. */
#include "run/bench.h"
#include "process/lang.h"
#include "store/schema.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_calibrated(const struct bench *b, const struct entry *e, bool go)
{
    for (size_t i = 0; i < b->nworkloads; i++)
        if (b->workloads[i].e == e && b->workloads[i].go == go)
            return true;
    return false;
}

static bool read_scale(const struct csv *t, struct workload *s)
{
    const char *tip = csv_field(t, "tip"), *lang = csv_field(t, "lang");

    *s = (struct workload){ .e = tip ? tip_find(tip) : NULL,
                            .go = lang && strcmp(lang, "go") == 0,
                            .ns_bad = csv_number(t, "bad_ns"),
                            .ns_good = csv_number(t, "good_ns") };
    return s->e && lang && csv_count(t, "batch_ops", &s->batch) &&
           csv_count(t, "slope_ops", &s->slope) && !isnan(s->ns_bad) && !isnan(s->ns_good);
}

/* What an earlier part of this run found, so that all of it uses the same. */
static void read_scales(struct bench *b)
{
    size_t length;
    char *text = store_slurp(store_path(b->runner.store, "plan.csv"), &length);
    struct csv t;
    struct workload s;

    if (text && csv_open(&t, text) == 0)
        while (csv_next(&t))
            if (read_scale(&t, &s) && !is_calibrated(b, s.e, s.go))
                b->workloads[b->nworkloads++] = s;
    free(text);
}

static int store_scales(struct bench *b)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return -ENOMEM;
    schema_header(out, "plan.csv");
    for (size_t i = 0; i < b->nworkloads; i++) {
        const struct workload *s = &b->workloads[i];
        fprintf(out, "%s,%s,%" PRIu64 ",%" PRIu64 ",%.6g,%.6g\n", s->e->name, workload_lang(s),
                s->batch, s->slope, s->ns_bad, s->ns_good);
    }
    fclose(out);
    int error = store_file(b->runner.store, "plan.csv", text, length);
    free(text);
    return error;
}

/* What only the clock and the growth of memory need; in Go both are measured where
 * something is claimed about them. */
static bool needs_scale(const struct bench *b, const struct entry *e, bool go)
{
    return !go || bench_is_small(b) || plan_claims(e->tip, "time") ||
           plan_claims(e->tip, "rss_bytes");
}

static int calibrate_tip(struct bench *b, const struct entry *e, bool go)
{
    struct workload *s = &b->workloads[b->nworkloads++];
    char why[CHILD_WHY] = "";

    *s = (struct workload){ .e = e, .go = go };
    if (!needs_scale(b, e, go))
        return 0;
    int error = runner_calibrate(&b->runner, s, why);
    if (why[0] && !error) {
        progress_clear(&b->runner.progress);
        fprintf(stderr, "twinbench: %s%s cannot be timed: %s\n", e->name, go ? " in Go" : "", why);
    }
    if (!go || plan_claims(e->tip, "rss_bytes"))
        plan_slope(s, b->options.quick);
    if (go && bench_in_hurry(b) && s->batch / 2 >= plan_timing(e->tip).clients)
        s->batch /= 2;
    return error;
}

int workloads_find(struct bench *b)
{
    int error = 0;

    if (b->options.resume)
        read_scales(b);
    progress_phase(&b->runner.progress, "calibrating");
    for (size_t i = 0; i < b->ntips * NLANGS && !error; i++) {
        const struct entry *e = b->tips[i / NLANGS];
        bool go = i % NLANGS;
        if (lang_has(langs[i % NLANGS], e->name) && !is_calibrated(b, e, go))
            error = calibrate_tip(b, e, go);
    }
    return error ? error : store_scales(b);
}
