/* SPDX-License-Identifier: MIT */
/* phases.c - what a run does, one after the other: calibration, counts, growth, time, curves,
 * prices, and if asked for the second opinions of two other tools. */
#include "run/phases.h"

#include "run/curves.h"
#include "run/second_opinion.h"
#include "run/timed_rounds.h"
#include "show/wrap_text.h"
#include "store/machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How many processes run at the same time.  A twin that leaks works for ten milliseconds; then
 * half a second passes until no more of its tasks can end.  A load that is offered keeps a
 * process busy for a twentieth of the time, so that several hardly disturb each other's latency.
 * Where memory grows, each process may hold a quarter of a gigabyte.  In a quick run eight
 * follow each other, at n to 8n requests, and all together may hold half a gigabyte. */
enum {
    COUNT_TOGETHER = 16,
    RATE_TOGETHER = 4,
    QUICK_RATE_TOGETHER = 8,
    GROWTH_TOGETHER = 4,
    QUICK_GROWTH_TOGETHER = 8
};

struct plan {
    struct jobs counts; /* several at a time */
    struct jobs rates;  /* fewer at a time, for latency is measured */
    struct jobs slopes;
    struct jobs first_look;
    struct pairs pairs;
};

static struct plan plan_make(struct bench *b)
{
    struct plan p = { .pairs = pairs_make(&b->scope, &b->workloads) };
    double margin = machine_margin(b->machine);
    size_t pairs = b->options.part_of ? pairs_at_most(&b->scope) : p.pairs.n;

    if (pairs == 0)
        pairs = 1;
    b->rule = b->scope.quick ? rule_quick(margin, pairs) : rule_full(margin, pairs);
    for (size_t i = 0; i < b->workloads.n; i++) {
        const struct workload *s = &b->workloads.list[i];
        plan_counts(s->e->tip->dial == RATE ? &p.rates : &p.counts, s,
                    scope_count_runs(&b->scope, s));
        if (scope_follows(&b->scope, s))
            plan_slopes(&p.slopes, s, b->scope.quick);
    }
    pairs_plan(&p.first_look, &p.pairs, 0, b->rule.looks[0]);
    return p;
}

static void plan_free(struct plan *p)
{
    free(p->counts.list);
    free(p->rates.list);
    free(p->slopes.list);
    free(p->first_look.list);
    free(p->pairs.list);
}

/* Processes that run at the same time take less of the clock: divide their expected time by this
 * factor. */
static void expect_company(struct jobs *j, double factor)
{
    for (size_t i = 0; i < j->n; i++)
        j->list[i].expect_ms /= factor;
}

static size_t rates_together(const struct bench *b)
{
    return b->scope.quick ? QUICK_RATE_TOGETHER : RATE_TOGETHER;
}

static size_t growth_together(const struct bench *b)
{
    return b->scope.quick ? QUICK_GROWTH_TOGETHER : GROWTH_TOGETHER;
}

/* How long the two other tools will take for one tip: a guess. */
static double opinions_ms(const struct bench *b)
{
    return b->scope.quick ? 800 : 2600;
}

/* Google Benchmark and hyperfine time the twins in C alone. */
static bool is_timed_twice(const struct bench *b, const struct workload *s)
{
    return s->executor == executor_c() && scope_times(&b->scope, s);
}

static size_t count_timed(const struct bench *b)
{
    size_t n = 0;

    for (size_t i = 0; b->options.opinions && i < b->workloads.n; i++)
        n += is_timed_twice(b, &b->workloads.list[i]);
    return n;
}

static size_t count_by(const struct executor *x, const struct jobs *j)
{
    size_t n = 0;

    for (size_t i = 0; i < j->n; i++)
        n += j->list[i].request.executor == x;
    return n;
}

static void tell_go(const struct bench *b, const struct plan *p)
{
    size_t there = 0;

    for (size_t k = 0; k < nexecutors(); k++) {
        const struct executor *x = executor_at(k);
        if (!x->release[0])
            continue;
        there++;
        wrap_line(2, "of these in Go %s: %zu, %zu, %zu and %zu", x->release,
                  count_by(x, &p->counts), count_by(x, &p->rates), count_by(x, &p->slopes),
                  count_by(x, &p->first_look));
    }
    if (there == 0)
        wrap_line(2, "in C alone; make go brings real Go beside it (on Debian with golang-go)");
    else if (there > 1)
        wrap_line(
            2, "of several the newest is measured in full; the others count once, and are timed up "
               "to the second interim analysis");
    if (there > 0 && scope_is_brief(&b->scope))
        wrap_line(
            2, "a quick run of many tips counts in Go once, and times it up to the first interim "
               "analysis");
}

/* Say whether the intervals cover the effect of where the code lies in memory. */
static void tell_placements(const struct pairs *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct executor *x = p->list[i].executor;
        if (!p->list[i].null)
            continue;
        if (x->placements > 0)
            wrap_line(2, "time in %s: of %zu placements of the code, another in each block",
                      x->title, x->placements);
        else
            wrap_line(2,
                      "time in %s: the code lies in one place in memory, so no interval covers the "
                      "effect of another%s",
                      x->title, x->language == LANGUAGE_C ? " (make placements)" : "");
    }
}

static void plan_tell(struct bench *b, struct plan *p)
{
    struct progress *progress = &b->runner.progress;

    expect_company(&p->counts, COUNT_TOGETHER / 2.0);
    expect_company(&p->slopes, (double)growth_together(b) / 2);
    expect_company(&p->rates, (double)rates_together(b));
    progress_plan(progress, plan_ms(&p->counts) + plan_ms(&p->rates) + plan_ms(&p->slopes) +
                                plan_ms(&p->first_look) + opinions_ms(b) * (double)count_timed(b));
    progress_clear(progress);
    wrap_line(2, "%zu tip%s into %s", b->scope.ntips, b->scope.ntips == 1 ? "" : "s",
              store_folder(b->runner.store));
    wrap_line(2, "processes: %zu for counts, %zu at a rate, %zu for growth, %zu for time",
              p->counts.n, p->rates.n, p->slopes.n, p->first_look.n);
    tell_go(b, p);
    tell_placements(&p->pairs);
    wrap_line(2,
              "interim analyses after %zu, %zu and %zu blocks; a pair that is settled goes no "
              "further",
              b->rule.looks[0], b->rule.looks[1], b->rule.looks[2]);
    if (batch_share() < 1)
        wrap_line(2,
                  "TWIN_BATCH_US: timed batches and growth are %.3g of what they should be, so "
                  "neither is to be trusted",
                  batch_share());
    if (b->options.part_of)
        wrap_line(2,
                  "a part of a run of %zu tips: each interval at %.4f %%, so that all of its pairs "
                  "hold together in 99 %%",
                  b->scope.nboard, 100 * b->rule.confidence);
    else
        wrap_line(2, "%zu pairs: each interval at %.4f %%, so that all hold together in 99 %%",
                  p->pairs.n, 100 * b->rule.confidence);
    wrap_line(2, "about %s", progress_duration(progress_left_ms(progress)));
    fflush(stdout);
}

static int run_jobs(struct bench *b, const char *name, const struct jobs *jobs, size_t together)
{
    if (jobs->n == 0)
        return 0;
    progress_phase(&b->runner.progress, name);
    return runner_run(&b->runner, jobs, together);
}

int phases_judge(const struct bench *b, struct findings *f)
{
    const struct evidence ev = { b->runner.samples, b->runner.n, &b->rule };

    return findings_make(f, b->scope.tips, b->scope.ntips, &ev);
}

/* A count that contradicts its claim. */
static bool is_doubtful(const struct tip *t, const struct verdict *v)
{
    return column_find(v->column) && claim_kind(t, &t->claims[v->claim]) != KIND_SLOPE &&
           v->finding != v->expected;
}

static bool has_doubts(const struct findings *f, const struct workload *s)
{
    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (v->executor == s->executor && strcmp(v->tip, s->e->name) == 0 &&
            is_doubtful(s->e->tip, v))
            return true;
    }
    return false;
}

/* A count may have been disturbed by a busy machine.  The tip is counted again, alone now, and
 * the median of all counts decides.  Where counts are exact, all must agree. */
static int count_again(struct bench *b)
{
    struct jobs more = { 0 };
    struct findings f;
    int error = phases_judge(b, &f);

    for (size_t i = 0; !error && i < b->workloads.n; i++)
        if (has_doubts(&f, &b->workloads.list[i]))
            plan_more_counts(&more, &b->workloads.list[i]);
    findings_free(&f);
    if (!error)
        error = run_jobs(b, "doubtful counts", &more, 1);
    free(more.list);
    return error;
}

static void step(void *arg, const char *tool, const char *tip)
{
    struct bench *b = arg;
    char what[128];

    snprintf(what, sizeof what, "%s of %s", tool, tip);
    if (b->options.opinions)
        progress_done(&b->runner.progress, opinions_ms(b) / 2);
    progress_show(&b->runner.progress, what);
}

/* Measure the prices that some families chart; and, if asked for, the same pairs with two other
 * tools.  These take time and decide nothing. */
static int run_prices(struct bench *b)
{
    struct workload *timed = calloc(b->workloads.n + 1, sizeof *timed);
    size_t n = 0;

    if (!timed)
        return -ENOMEM;
    for (size_t i = 0; i < b->workloads.n; i++)
        if (is_timed_twice(b, &b->workloads.list[i]))
            timed[n++] = b->workloads.list[i];
    bool opinions = b->options.opinions;
    progress_phase(&b->runner.progress, opinions ? "second opinions" : "prices");
    int error = second_opinion_gbench(b->runner.store, timed, n, opinions, b->scope.quick, step, b);
    if (!error && opinions)
        error = second_opinion_hyperfine(b->runner.store, timed, n, b->scope.quick, step, b);
    free(timed);
    return error;
}

static int find_ageing(struct bench *b)
{
    progress_phase(&b->runner.progress, "ageing");
    progress_show(&b->runner.progress, "asking each Go");
    return ageing_find(&b->ageing, b->scope.tips, b->scope.ntips);
}

int phases_run(struct bench *b)
{
    int error = workloads_find(&b->workloads, &b->scope, &b->runner);
    if (error)
        return error;
    struct plan p = plan_make(b);
    plan_tell(b, &p);
    error = run_jobs(b, "counts", &p.counts, COUNT_TOGETHER);
    if (!error)
        error = run_jobs(b, "rates", &p.rates, rates_together(b));
    if (!error)
        error = count_again(b);
    if (!error)
        error = run_jobs(b, "growth", &p.slopes, growth_together(b));
    if (!error)
        error = pairs_run(&p.pairs, &b->scope, &b->rule, &b->runner);
    if (!error)
        error = curves_run(&b->workloads, &b->scope, &b->runner);
    if (!error)
        error = run_prices(b);
    if (!error)
        error = find_ageing(b);
    plan_free(&p);
    return error;
}
