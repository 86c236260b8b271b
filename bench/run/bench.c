/* SPDX-License-Identifier: MIT */
/* bench.c - measure tips, decide which claims hold here, and draw it.
 *
 * It ends with 0; 1: it could not be measured; 2: it was asked for wrongly; 3: it was measured
 * and judged, but there is no report; 4: it found what --fail-on names; 130: it was told to
 * stop.
 *
 * A run goes through phases: calibrate, counts, growth, time, curves, prices, if asked for the
 * second opinions of two other tools, verdicts, charts.  Whatever ends it, what was measured is in
 * the run's folder, and --resume goes on behind it. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "say/findings.h"
#include "store/tips_json.h"
#include "run/ageing.h"
#include "run/curves.h"
#include "say/fail_on.h"
#include "run/second_opinion.h"
#include "run/timed_rounds.h"
#include "show/opinions_board.h"
#include "show/report.h"
#include "show/resolution.h"
#include "show/terminal_board.h"
#include "show/wrap_text.h"
#include "store/machine.h"
#include "store/tables.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE = 0, FAILED = 1, NO_REPORT = 3, FOUND = 4, STOPPED = 130 };

/* So many processes together.  A twin that leaks is waited for, half a second for ten
 * milliseconds' work, until nothing more of it can end.  A load that is offered keeps its process
 * busy for a twentieth of the time, so that several do not disturb each other's latency.  Of those
 * whose memory grows each may hold a quarter of a gigabyte; of eight that follow each other in a
 * quick run, at n to 8n requests, all may hold half of one. */
enum {
    COUNT_TOGETHER = 16,
    RATE_TOGETHER = 4,
    QUICK_RATE_TOGETHER = 8,
    GROWTH_TOGETHER = 4,
    QUICK_GROWTH_TOGETHER = 8
};

struct options {
    bool quick, resume, second;
    const char *tip, *part_of, *results, *fail_on;
};

struct bench {
    struct options options;
    struct scope scope;
    struct workloads workloads;
    json_t *machine;
    struct rule rule; /* from the plan on, which says how many pairs the board has */
    struct runner runner;
    struct ageing ageing;
    struct fail_on fail_on;
    size_t failed_on; /* how much of it was found */
};

/* --- the tips --- */

/* Those of this name or family, or all if name is NULL or "all".  How many; 0: said that there are
 * none. */
static size_t select_tips(const char *name, const struct entry **list)
{
    if (name && strcmp(name, "all") != 0)
        return args_tips(name, list);
    for (size_t i = 0; i < nentries; i++)
        list[i] = &entries[i];
    return nentries;
}

/* The tips, and what they are a part of; NULL: of nothing.  -ENOENT: said what is wrong. */
static int select_tip(struct bench *b, const char *name, const char *part_of)
{
    struct scope *s = &b->scope;

    s->ntips = select_tips(name, s->tips);
    s->nboard = s->ntips ? select_tips(part_of ? part_of : name, s->board) : 0;
    if (s->nboard == 0)
        return -ENOENT;
    for (size_t i = 0; i < s->ntips; i++)
        if (!args_has(s->board, s->nboard, s->tips[i])) {
            fprintf(stderr, "twinbench: --part-of %s: %s is none of these\n", part_of,
                    s->tips[i]->name);
            return -ENOENT;
        }
    return 0;
}

/* --- the machine, and whether it is the same as before --- */

/* The machine, and the words that go with the results: those of another commit may
 * claim something else. */
static int store_machine(struct bench *b)
{
    json_t *words = tips_json();
    int error = store_json(b->runner.store, "words.json", words);

    json_decref(words);
    return error ? error : store_json(b->runner.store, "machine.json", b->machine);
}

static int say_difference(const struct bench *b, const json_t *before, const char *name)
{
    char *was = json_dumps(json_object_get(before, name), JSON_ENCODE_ANY);
    char *is = json_dumps(json_object_get(b->machine, name), JSON_ENCODE_ANY);

    fprintf(stderr, "twinbench: cannot resume %s: its %s was %s and is now %s; start a new run\n",
            store_folder(b->runner.store), name, was, is);
    free(was);
    free(is);
    return -EINVAL;
}

/* A run that is resumed keeps its facts: its margin, its interim analyses and its tips. */
static int resume_what(struct bench *b)
{
    json_t *before = store_what(b->runner.store);
    const char *name = before ? machine_difference(before, b->machine) : NULL;

    if (!before || name) {
        int error = before ? say_difference(b, before, name) : -EINVAL;
        json_decref(before);
        return error;
    }
    json_decref(b->machine);
    b->machine = before;
    b->scope.quick = json_is_true(json_object_get(before, "quick"));
    const char *tip = json_string_value(json_object_get(before, "tip"));
    b->options.part_of = json_string_value(json_object_get(before, "part_of"));
    return select_tip(b, tip[0] ? tip : NULL, b->options.part_of);
}

/* --- the phases --- */

struct plan {
    struct jobs counts; /* several at a time */
    struct jobs rates;  /* fewer, for latency is in them */
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

/* What runs side by side takes less of the clock; by so much. */
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

/* A guess for one tip. */
static double second_ms(const struct bench *b)
{
    return b->scope.quick ? 800 : 2600;
}

/* Only C has second opinions. */
static bool is_timed_twice(const struct bench *b, const struct workload *s)
{
    return s->executor == executor_c() && scope_times(&b->scope, s);
}

static size_t count_timed(const struct bench *b)
{
    size_t n = 0;

    for (size_t i = 0; b->options.second && i < b->workloads.n; i++)
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

/* Whether the intervals will cover where the code lies. */
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
                      "time in %s: with the code in one place, so no interval covers what another "
                      "would change%s",
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
                                plan_ms(&p->first_look) + second_ms(b) * (double)count_timed(b));
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

/* Judge what was measured so far.  As findings_make(). */
static int find(const struct bench *b, struct findings *f)
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

/* It can have met a bad moment of a busy machine: the tip is counted again, alone now, and
 * the median of all decides.  Where counts are exact, all have to agree. */
static int count_again(struct bench *b)
{
    struct jobs more = { 0 };
    struct findings f;
    int error = find(b, &f);

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
    if (b->options.second)
        progress_done(&b->runner.progress, second_ms(b) / 2);
    progress_show(&b->runner.progress, what);
}

/* The prices that some families chart; and what two other tools say of the pairs that are
 * timed, which takes its time and decides nothing. */
static int run_second(struct bench *b)
{
    struct workload *timed = calloc(b->workloads.n + 1, sizeof *timed);
    size_t n = 0;

    if (!timed)
        return -ENOMEM;
    for (size_t i = 0; i < b->workloads.n; i++)
        if (is_timed_twice(b, &b->workloads.list[i]))
            timed[n++] = b->workloads.list[i];
    bool second = b->options.second;
    progress_phase(&b->runner.progress, second ? "second opinions" : "prices");
    int error = second_opinion_gbench(b->runner.store, timed, n, second, b->scope.quick, step, b);
    if (!error && second)
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

static int measure(struct bench *b)
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
        error = run_second(b);
    if (!error)
        error = find_ageing(b);
    plan_free(&p);
    return error;
}

/* --- the end --- */

static int draw(struct bench *b)
{
    const char *folder = store_folder(b->runner.store);
    char said[1024];

    progress_phase(&b->runner.progress, "charts");
    progress_show(&b->runner.progress, "drawing");
    snprintf(said, sizeof said, "%s", store_path(b->runner.store, ".render"));
    int error = report_draw(b->options.results, folder, said);
    progress_clear(&b->runner.progress);
    if (error == 0) {
        printf("report: %s/report.html\n", folder);
        return DONE;
    }
    if (child_interrupted())
        return STOPPED;
    if (store_check(b->runner.store) != 0)
        return FAILED;
    fprintf(stderr,
            "twinbench: no report: %s; what was measured is kept in %s, and make report "
            "draws it\n",
            error == -ENOENT ? "there is no plots/render.py" : "the charts were not drawn", folder);
    return NO_REPORT;
}

static void print_opinions(struct bench *b, const struct findings *f)
{
    struct store *s = b->runner.store;
    json_t *gbench = json_load_file(store_path(s, "gbench.json"), 0, NULL);
    json_t *hyperfine = json_load_file(store_path(s, "hyperfine.json"), 0, NULL);

    opinions_board_print(stdout, f, gbench, hyperfine);
    json_decref(gbench);
    json_decref(hyperfine);
}

/* Judge what there is; on a run cut short, that is a part. */
static int conclude(struct bench *b)
{
    struct findings f;
    struct runner *r = &b->runner;
    int error = find(b, &f);

    if (!error)
        error = tables_store(r->store, &f);
    ageing_judge(&b->ageing, &f);
    if (!error)
        error = tables_store_aged(r->store, b->ageing.list, b->ageing.n);
    progress_clear(&r->progress);
    if (!error && !child_interrupted()) {
        printf("\n");
        terminal_board_print(stdout, &f, machine_margin(b->machine));
        ageing_print(stdout, &b->ageing);
        print_opinions(b, &f);
        resolution_print(stdout, b->options.results, b->machine);
        printf("%zu processes in %s\n", r->n, progress_duration(progress_spent_ms(&r->progress)));
        progress_print(&r->progress, stdout);
        if (access(store_path(r->store, "dumps"), F_OK) == 0)
            printf("what was stuck, task by task: %s\n", store_path(r->store, "dumps"));
        b->failed_on = fail_on_print(stderr, &b->fail_on, &f);
    }
    findings_free(&f);
    return error;
}

static int end_interrupted(struct bench *b)
{
    const char *results = b->options.results;
    bool usual = !tips_outside() && strcmp(results, store_usual()) == 0;

    if (conclude(b) != 0)
        return FAILED;
    fprintf(stderr, "twinbench: interrupted; %zu processes are kept in %s; go on with: %s%s\n",
            b->runner.n, store_folder(b->runner.store),
            usual ? "make bench RESUME=1" : "twinbench bench --resume --results ",
            usual ? "" : results);
    return STOPPED;
}

static void say_if_unknown(const json_t *machine)
{
    const char *commit = json_string_value(json_object_get(machine, "commit"));

    if (commit && strcmp(commit, "unknown") == 0)
        fprintf(stderr,
                "twinbench: no checkout and no file VERSION, so the results name no commit\n");
}

static int run_in(struct bench *b)
{
    int error = b->options.resume ? resume_what(b) : 0;

    say_if_unknown(b->machine);
    if (!error)
        error = store_machine(b);
    if (error)
        return FAILED;
    error = measure(b);
    if (error == -EINTR || child_interrupted())
        return end_interrupted(b);
    if (!error)
        error = conclude(b);
    if (error == -ENOMEM)
        fprintf(stderr, "twinbench: out of memory; what was measured is kept in %s\n",
                store_folder(b->runner.store));
    if (error)
        return FAILED;
    int status = draw(b);
    return status == DONE && b->failed_on > 0 ? FOUND : status;
}

static int run(struct bench *b)
{
    const char *results = b->options.results;
    struct store *store =
        b->options.resume ? store_resume(results) : store_begin(results, b->machine);

    if (!store)
        return FAILED;
    int status = FAILED;
    if (runner_start(&b->runner, store) == 0)
        status = run_in(b);
    runner_end(&b->runner);
    store_close(store);
    return status;
}

/* --- the command --- */

static int prepare(struct bench *b)
{
    const char *tip = b->options.tip;

    b->scope.quick = b->options.quick;
    b->scope.tips = calloc(nentries + 1, sizeof *b->scope.tips);
    b->scope.board = calloc(nentries + 1, sizeof *b->scope.board);
    b->machine = machine_facts(b->scope.quick);
    if (!b->scope.tips || !b->scope.board || !b->machine) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    json_object_set_new(b->machine, "tip", json_string(tip ? tip : ""));
    if (b->options.part_of)
        json_object_set_new(b->machine, "part_of", json_string(b->options.part_of));
    return select_tip(b, tip, b->options.part_of) ? 2 : 0;
}

int cmd_bench(int argc, char **argv)
{
    struct bench b = { .options.results = store_usual() };
    struct options *o = &b.options;
    const struct arg flags[] = {
        { "--quick", ARG_FLAG, &o->quick, 0, 0, "fewer blocks: rougher verdicts on time" },
        { "--tip", ARG_WORD, &o->tip, 0, 0, "only this tip, this family, or several: a/x,b/y" },
        { "--part-of", ARG_WORD, &o->part_of, 0, 0,
          "measure them as a run of this family would, or of all" },
        { "--resume", ARG_FLAG, &o->resume, 0, 0, "go on with the newest run, as it was begun" },
        { "--fail-on", ARG_WORD, &o->fail_on, 0, 0,
          "end with 4 on one: true,myth,depends,undecided,unexpected" },
        { "--opinions", ARG_FLAG, &o->second, 0, 0,
          "time the pairs with Google Benchmark and hyperfine too" },
        { "--results", ARG_WORD, &o->results, 0, 0, "folder for runs, instead of results" },
    };
    const struct args args = { "bench [--quick] [--tip TIP] [--part-of X] [--resume] "
                               "[--fail-on WORDS] [--opinions] [--results DIR]",
                               "Measure tips and decide which claims hold on this machine.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               NULL,
                               0,
                               0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    if (!fail_on_read(&b.fail_on, o->fail_on))
        return 2;
    if (!batch_shorten(getenv("TWIN_BATCH_US"))) {
        fprintf(stderr, "twinbench: TWIN_BATCH_US: a number from 1 to 10000, not '%s'\n",
                getenv("TWIN_BATCH_US"));
        return 2;
    }
    int status = prepare(&b);
    if (status == 0) {
        child_catch_signals();
        status = run(&b);
    }
    json_decref(b.machine);
    free(b.scope.tips);
    free(b.scope.board);
    free(b.workloads.list);
    free(b.ageing.list);
    return status;
}
