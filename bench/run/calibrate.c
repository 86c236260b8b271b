/* SPDX-License-Identifier: MIT */
/* calibrate.c - how often the verdicts on time are wrong on this machine, and how small
 * an effect they can find.
 *
 * Nothing but the machine can make a difference between processes of one program, so
 * one good twin is timed for minutes, a fresh process after the other, and the rule is
 * laid over what came out (error_rates.h).  Effects are put in by arithmetic and not by
 * slower code: then the truth is known exactly, and one series serves all of them.
 *
 * What it cannot see: two builds of one function that differ by where they lie in
 * memory.  A real slow-down, built in, is what bench/studies/experiment is for. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "decide/error_rates.h"
#include "run/runner.h"
#include "show/charts.h"
#include "show/resolution.h"
#include "store/machine.h"
#include "store/saved_calibration.h"
#include "store/schema.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FULL_S = 480, /* with the rest, under ten minutes */
    QUICK_S = 50,
    ROUND = 8, /* blocks between two readings of the clock */
};

static const double effects[] = { 0, 0.02, 0.05, 0.1, 0.2, 0.5, 1 };
enum { NEFFECTS = sizeof effects / sizeof effects[0] };
static const double margins[] = { 0.05, 0.10 };
static const double told = 0.9; /* "resolved": found in so many of all stretches */

struct calibration {
    bool quick;
    uint64_t seconds; /* 0: as long as quick says */
    const char *tip, *results;
    struct workload workload;
    json_t *machine;
    struct runner runner;
    double *ns; /* of all processes, in the order they ran */
    size_t n;
};

/* --- measuring --- */

/* The tip asked for, or the one that runs also make their control of. */
static const struct entry *choose(const char *name)
{
    if (name)
        return args_tip(name);
    for (size_t i = 0; i < nentries; i++)
        if (tip_is_timed(entries[i].tip) && tip_claims_time(entries[i].tip))
            return &entries[i];
    fprintf(stderr, "twinbench: calibrate: no tip claims anything about time; name one: --tip\n");
    return NULL;
}

static int find_scale(struct calibration *c)
{
    char why[CHILD_WHY];
    int error = runner_calibrate(&c->runner, &c->workload, why);

    if (error || c->workload.batch > 0)
        return error;
    fprintf(stderr, "twinbench: %s cannot be timed%s%s; choose another with --tip\n",
            c->workload.e->name, why[0] ? ": " : "", why);
    return -EINVAL;
}

static int run_round(struct calibration *c, size_t first)
{
    struct jobs jobs = { 0 };

    for (size_t block = first; block < first + ROUND; block++)
        plan_block(&jobs, &c->workload, c->workload.executor, true, block);
    int error = runner_run(&c->runner, &jobs, 1);
    free(jobs.list);
    return error;
}

static double series_ms(const struct calibration *c)
{
    return 1e3 * (double)(c->seconds ? c->seconds : c->quick ? QUICK_S : FULL_S);
}

/* Until the time is over, but never less than one stretch of the longest rule. */
static int run_series(struct calibration *c)
{
    double until = progress_spent_ms(&c->runner.progress) + series_ms(c);
    size_t least = rule_full(0.1).looks[LOOKS - 1], block = 0;
    int error = 0;

    progress_plan(&c->runner.progress, until);
    progress_phase(&c->runner.progress, "one program again and again");
    for (; !error && (block < least || progress_spent_ms(&c->runner.progress) < until);
         block += ROUND)
        error = run_round(c, block);
    progress_clear(&c->runner.progress);
    return error;
}

static int collect(struct calibration *c)
{
    c->ns = calloc(c->runner.n + 1, sizeof *c->ns);
    if (!c->ns)
        return -ENOMEM;
    for (size_t i = 0; i < c->runner.n; i++) {
        const struct sample *s = &c->runner.samples[i];
        if (s->outcome != OUTCOME_OK) {
            fprintf(stderr,
                    "twinbench: a process of %s came out %s, so nothing is known; "
                    "choose another with --tip\n",
                    c->workload.e->name, outcome_word(s->outcome));
            return -EINVAL;
        }
        c->ns[c->n++] = s->wall_ns;
    }
    return 0;
}

/* --- words --- */

static const char *looks_word(bool quick)
{
    return quick ? "quick" : "full";
}

static double percent(size_t k, size_t n)
{
    return 100.0 * (double)k / (double)n;
}

/* "no pair" only if there was none: a small share must not be rounded to it. */
static void say_wrong(char *to, size_t bytes, const struct tally *none)
{
    if (none->wrong == 0)
        snprintf(to, bytes, "no pair");
    else
        snprintf(to, bytes, "%.2g %% of pairs", percent(none->wrong, none->n));
}

/* The sentence that reports of this machine carry. */
static void say(char *to, size_t bytes, const struct calibration *c, const struct error_rates *p)
{
    struct tally none = error_rates_at(p, 0);
    double least = error_rates_resolves(p, told);
    char effect[80], wrong[40];

    snprintf(effect, sizeof effect,
             isinf(least) ? "Not even ten times the time" : "A true difference of %.0f %% or more",
             100 * least);
    say_wrong(wrong, sizeof wrong, &none);
    snprintf(to, bytes,
             "%s is found on this machine in at least %.0f %% of pairs, and %s without "
             "a difference got a false verdict (calibrated %.10s: %zu stretches, %zu that do not "
             "overlap).",
             effect, 100 * told, wrong, json_string_value(json_object_get(c->machine, "date")),
             p->n, p->apart);
}

static void print_rates(const struct error_rates *p, bool quick)
{
    const size_t *looks = p->rule.looks;

    printf("\n%s: interim analyses after %zu, %zu and %zu blocks; %zu stretches, %zu that do not "
           "overlap\n",
           looks_word(quick), looks[0], looks[1], looks[2], p->n, p->apart);
    printf("  %12s %10s %10s %10s %10s %10s\n", "true effect", "slower", "same", "faster", "unsure",
           "wrong");
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = error_rates_at(p, effects[i]);
        printf("  %10.0f %% %8.1f %% %8.1f %% %8.1f %% %8.1f %% %8.1f %%\n", 100 * effects[i],
               percent(r.said[REL_SLOWER], r.n), percent(r.said[REL_SAME], r.n),
               percent(r.said[REL_FASTER], r.n), percent(r.said[REL_UNSURE], r.n),
               percent(r.wrong, r.n));
    }
}

/* --- tables --- */

static json_t *rates_json(const struct tally *r, double effect)
{
    return json_pack("{sf si si si si si si}", "effect", effect, "slower", (int)r->said[REL_SLOWER],
                     "same", (int)r->said[REL_SAME], "faster", (int)r->said[REL_FASTER], "unsure",
                     (int)r->said[REL_UNSURE], "wrong", (int)r->wrong, "stretches", (int)r->n);
}

static json_t *design_json(const struct calibration *c, const struct error_rates *p, bool quick)
{
    json_t *list = json_array();
    double least = error_rates_resolves(p, told);
    char says[400];

    say(says, sizeof says, c, p);
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = error_rates_at(p, effects[i]);
        json_array_append_new(list, rates_json(&r, effects[i]));
    }
    return json_pack("{sb sf so ss si so}", "quick", quick, "margin", p->rule.margin, "resolves",
                     isinf(least) ? json_null() : json_real(least), "says", says, "apart",
                     (int)p->apart, "effects", list);
}

static void write_rates(FILE *out, const struct error_rates *p, bool quick)
{
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = error_rates_at(p, effects[i]);
        fprintf(out, "%s,%.2f,%.2f,%zu,%zu,%zu,%zu,%zu,%zu,%zu\n", looks_word(quick),
                p->rule.margin, effects[i], r.said[REL_SLOWER], r.said[REL_SAME],
                r.said[REL_FASTER], r.said[REL_UNSURE], r.wrong, r.n, p->apart);
    }
}

/* One rule, in one margin, over the series: into both tables, and on the terminal if
 * it is the margin of this machine. */
static int lay(const struct calibration *c, bool quick, double margin, json_t *designs, FILE *csv)
{
    struct rule r = quick ? rule_quick(margin) : rule_full(margin);
    struct error_rates p;
    int error = error_rates_judge(&p, &r, c->ns, c->n);

    if (!error) {
        json_array_append_new(designs, design_json(c, &p, quick));
        write_rates(csv, &p, quick);
        if (fabs(margin - machine_margin(c->machine)) < 1e-6)
            print_rates(&p, quick);
    }
    error_rates_free(&p);
    return error;
}

static int lay_all(const struct calibration *c, json_t *designs, FILE *csv)
{
    int error = 0;

    schema_header(csv, "calibration.csv");
    for (size_t m = 0; m < sizeof margins / sizeof margins[0]; m++)
        for (int quick = 0; quick <= 1 && !error; quick++)
            error = lay(c, quick, margins[m], designs, csv);
    return error;
}

static int conclude(struct calibration *c)
{
    struct store *s = c->runner.store;
    char *csv;
    size_t length;
    FILE *out = open_memstream(&csv, &length);
    json_t *designs = json_array();
    json_t *all = json_pack("{sO ss si sf so}", "machine", c->machine, "tip", c->workload.e->name,
                            "processes", (int)c->n, "usual", error_rates_usual(c->ns, c->n),
                            "designs", designs);

    printf("%zu processes of %s, good, one after the other; margin %.0f %%\n", c->n,
           c->workload.e->name, 100 * machine_margin(c->machine));
    int error = lay_all(c, designs, out);
    fclose(out);
    if (!error)
        error = store_file(s, "calibration.csv", csv, length);
    if (!error)
        error = store_json(s, "calibration.json", all);
    json_decref(all);
    free(csv);
    return error;
}

static void draw(struct calibration *c)
{
    const char *folder = store_folder(c->runner.store), *args[] = { folder, NULL };
    char said[1024];

    snprintf(said, sizeof said, "%s", store_path(c->runner.store, ".render"));
    int error = charts_draw("draw_calibration.py", args, said);
    printf(error == 0 ? "chart: %s/charts/calibration.svg\n" : "results: %s\n", folder);
}

/* --- the command --- */

static int measure(struct calibration *c)
{
    int error = store_json(c->runner.store, "machine.json", c->machine);

    if (!error)
        error = find_scale(c);
    if (!error)
        error = run_series(c);
    if (!error)
        error = collect(c);
    return error ? error : conclude(c);
}

static int run_in(struct calibration *c)
{
    int error = measure(c);

    if (error == -EINTR || child_interrupted()) {
        fprintf(stderr, "twinbench: interrupted; a part of a series says nothing: begin again\n");
        return 130;
    }
    if (error)
        return 1;
    printf("\n");
    resolution_print(stdout, c->results, c->machine);
    printf("The usual way - %d runs of one, then %d of the other, a U test at 5 %% - would\ncall "
           "%.0f %% of pairs without a difference different.\n",
           USUAL_RUNS, USUAL_RUNS, 100 * error_rates_usual(c->ns, c->n));
    draw(c);
    return 0;
}

static int run(struct calibration *c)
{
    mkdir(c->results, 0755); /* if it cannot be, the store says why */
    struct store *store = store_begin(saved_calibration_folder(c->results), NULL);

    if (!store)
        return 1;
    int status = 1;
    if (runner_start(&c->runner, store) == 0)
        status = run_in(c);
    runner_end(&c->runner);
    store_close(store);
    return status;
}

int cmd_calibrate(int argc, char **argv)
{
    struct calibration c = { .results = "results" };
    const struct arg flags[] = {
        { "--quick", ARG_FLAG, &c.quick, 0, 0, "about a minute: fewer stretches, rougher rates" },
        { "--seconds", ARG_NUMBER, &c.seconds, 1, 86400, "how long: 480, or 50 if quick" },
        { "--tip", ARG_WORD, &c.tip, 0, 0, "the tip whose good twin is timed" },
        { "--results", ARG_WORD, &c.results, 0, 0, "folder for runs, instead of results" },
    };
    const struct args args = { "calibrate [--quick | --seconds N] [--tip TIP] [--results DIR]",
                               "Find out how small an effect on time can be found on this machine.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               NULL,
                               0,
                               0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    c.workload = (struct workload){ .e = choose(c.tip), .executor = executor_c() };
    if (!c.workload.e)
        return 2;
    c.machine = machine_facts(false);
    if (!c.machine) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    child_catch_signals();
    int status = run(&c);
    json_decref(c.machine);
    free(c.ns);
    return status;
}
