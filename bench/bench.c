/* SPDX-License-Identifier: MIT */
/* bench.c - measure tips, decide which claims hold here, and draw it.
 *
 * A run goes through phases: calibrate, counts, growth, time, the second opinions of
 * two other tools, verdicts, charts.  Whatever ends it, what was measured is in the
 * run's folder, and --resume goes on behind it.
 *
 * Time comes in rounds.  In each, every pair runs one block, the null pair among
 * them, so that what happens to the machine meanwhile happens to all.  At a planned
 * look the pairs that are settled leave; the null pair stays to the end. */
#include "args.h"
#include "board.h"
#include "calibration.h"
#include "child.h"
#include "commands.h"
#include "findings.h"
#include "heap.h"
#include "judge_time.h"
#include "lang.h"
#include "machine.h"
#include "report.h"
#include "runner.h"
#include "schema.h"
#include "second.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    COUNT_WINDOW = 8, /* at a time: a twin that leaks is mostly waited for */
    QUICK_TIPS = 12, /* a quick run of more times only what is claimed */
};

static const char usual_results[] = "results";

struct options {
    bool quick, resume;
    const char *tip, *results;
};

struct bench {
    struct options options;
    const struct entry **tips; /* those of this run */
    size_t ntips;
    struct scale *scales;      /* one for each of them, and one for each in Go */
    size_t nscales;
    json_t *machine;
    struct rule rule;
    struct runner runner;
};

/* --- the tips --- */

/* These, or all if name is NULL.  -ENOENT: said that there is none. */
static int select_tip(struct bench *b, const char *name)
{
    const struct entry *only = name ? args_tip(name) : NULL;

    if (name && !only)
        return -ENOENT;
    b->ntips = only ? 1 : nentries;
    for (size_t i = 0; i < b->ntips; i++)
        b->tips[i] = only ? only : &entries[i];
    return 0;
}

/* --- the machine, and whether it is the same as before --- */

/* The machine, and the words that go with the results: those of another commit may
 * claim something else. */
static int store_machine(struct bench *b)
{
    json_t *words = words_json();
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

/* A run that is resumed keeps its facts: its margin, its looks and its tips. */
static int resume_machine(struct bench *b)
{
    json_t *before = json_load_file(store_path(b->runner.store, "machine.json"), 0, NULL);
    const char *name = before ? machine_difference(before, b->machine) : NULL;
    int error = name ? say_difference(b, before, name) : 0;

    if (!before)
        return store_machine(b);
    if (error) {
        json_decref(before);
        return error;
    }
    json_decref(b->machine);
    b->machine = before;
    b->options.quick = json_is_true(json_object_get(before, "quick"));
    const char *tip = json_string_value(json_object_get(before, "tip"));
    return tip && tip[0] ? select_tip(b, tip) : 0;
}

/* --- calibration --- */

/* What an earlier part of this run found, so that all of it uses the same. */
static void read_scales(struct bench *b)
{
    FILE *f = fopen(store_path(b->runner.store, "plan.csv"), "re");
    char line[256], name[128], lang[8];
    struct scale s = { 0 };

    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "%127[^,],%7[^,],%" SCNu64 ",%" SCNu64 ",%lf,%lf", name, lang, &s.batch,
                   &s.slope, &s.ns_bad, &s.ns_good) != 6)
            continue;
        s.e = tip_find(name);
        s.go = strcmp(lang, "go") == 0;
        if (s.e)
            b->scales[b->nscales++] = s;
    }
    if (f)
        fclose(f);
}

static int store_scales(struct bench *b)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return -ENOMEM;
    schema_header(out, "plan.csv");
    for (size_t i = 0; i < b->nscales; i++) {
        const struct scale *s = &b->scales[i];
        fprintf(out, "%s,%s,%" PRIu64 ",%" PRIu64 ",%.6g,%.6g\n", s->e->name, scale_lang(s),
                s->batch, s->slope, s->ns_bad, s->ns_good);
    }
    fclose(out);
    int error = store_file(b->runner.store, "plan.csv", text, length);
    free(text);
    return error;
}

/* Is there time for what no claim of this run needs? */
static bool in_hurry(const struct bench *b)
{
    return b->options.quick && b->ntips > QUICK_TIPS;
}

/* What only the clock and the growth of memory need; in Go both are measured where
 * something is claimed about them. */
static bool needs_scale(const struct bench *b, const struct entry *e, bool go)
{
    return !go || !in_hurry(b) || plan_claims(e->tip, "time") || plan_claims(e->tip, "rss_bytes");
}

static int calibrate_tip(struct bench *b, const struct entry *e, bool go)
{
    struct scale *s = &b->scales[b->nscales++];
    char why[CHILD_WHY] = "";

    *s = (struct scale){ .e = e, .go = go };
    if (!needs_scale(b, e, go))
        return 0;
    int error = runner_calibrate(&b->runner, s, why);
    if (why[0] && !error) {
        progress_clear(&b->runner.progress);
        fprintf(stderr, "twinbench: %s%s cannot be timed: %s\n", e->name, go ? " in Go" : "", why);
    }
    if (!go || plan_claims(e->tip, "rss_bytes"))
        plan_slope(s, b->options.quick);
    return error;
}

static bool is_calibrated(const struct bench *b, const struct entry *e, bool go)
{
    for (size_t i = 0; i < b->nscales; i++)
        if (b->scales[i].e == e && b->scales[i].go == go)
            return true;
    return false;
}

static int calibrate(struct bench *b)
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

/* --- time, in rounds --- */

/* A pair on its way through the looks. */
struct pair {
    const struct scale *scale;
    const char *heap; /* NULL: the tip's own */
    bool null, claimed, settled;
};

struct pairs {
    struct pair *list;
    size_t n;
};

static const char *pair_lang(const struct pair *p)
{
    return p->scale->go ? "go" : lang_of_heap(p->heap);
}

static const char *pair_name(const struct pair *p)
{
    return p->null ? NULL_TIP : p->scale->e->name;
}

/* The null pair of a language is made of the first tip that claims something about
 * time, else of the first that is timed. */
static const struct scale *null_scale(const struct bench *b, bool go)
{
    const struct scale *timed = NULL;

    for (size_t i = 0; i < b->nscales; i++) {
        const struct scale *s = &b->scales[i];
        if (s->go != go)
            continue;
        if (s->batch && plan_claims(s->e->tip, "time"))
            return s;
        if (s->batch && !timed)
            timed = s;
    }
    return timed;
}

/* Is this tip's time worth it in this run? */
static bool is_timed(const struct bench *b, const struct scale *s)
{
    return s->batch && (!in_hurry(b) || plan_claims(s->e->tip, "time"));
}

static bool is_other_heap(const struct tip *t, const char *heap)
{
    return strcmp(heap, tip_heap(t)) != 0 && tip_runs_on(t, heap);
}

/* The same twins on their own heap, and in C on the others that their tip claims
 * something about.  A hurry leaves the others out. */
static void add_pairs(struct pairs *p, const struct bench *b, const struct scale *s)
{
    p->list[p->n++] = (struct pair){ .scale = s, .claimed = plan_claims(s->e->tip, "time") };
    for (int i = 0; i < HEAPS && !s->go && !in_hurry(b); i++)
        if (is_other_heap(s->e->tip, heap_names[i]))
            p->list[p->n++] = (struct pair){ .scale = s, .heap = heap_names[i], .claimed = true };
}

static struct pairs pairs_make(const struct bench *b)
{
    struct pairs p = { calloc(b->nscales * HEAPS + NLANGS, sizeof *p.list), 0 };

    for (int go = 0; p.list && go < NLANGS; go++) {
        const struct scale *null = null_scale(b, go);
        if (null)
            p.list[p.n++] = (struct pair){ .scale = null, .null = true };
    }
    for (size_t i = 0; p.list && i < b->nscales; i++)
        if (is_timed(b, &b->scales[i]))
            add_pairs(&p, b, &b->scales[i]);
    return p;
}

/* Blocks first .. end - 1 of all pairs that still run, round by round. */
static void plan_rounds(struct jobs *j, const struct pairs *p, size_t first, size_t end)
{
    for (size_t block = first; block < end; block++)
        for (size_t i = 0; i < p->n; i++)
            if (!p->list[i].settled)
                plan_block(j, p->list[i].scale, p->list[i].null, p->list[i].heap, block);
}

static double jobs_ms(const struct jobs *j)
{
    double sum = 0;

    for (size_t i = 0; i < j->n; i++)
        sum += j->list[i].expect_ms;
    return sum;
}

/* Every claim on time of this pair is decided. */
static bool is_decided(const struct pair *p, const struct rule *r, const struct decision *d)
{
    const struct tip *t = p->scale->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, "time") == 0 && claim_concerns(&t->claims[i], pair_lang(p)) &&
            judge_relation(&t->claims[i], r, d) == UNSURE)
            return false;
    return true;
}

/* Take a look.  A pair without a claim, and one in trouble, need no further one; one in
 * Go gets none in a hurry. */
static void look_at(const struct bench *b, struct pair *p)
{
    struct timed t;

    if (p->null || p->settled)
        return;
    timed_collect(&t, pair_name(p), pair_lang(p), b->runner.samples, b->runner.n);
    struct decision d = decide(&b->rule, t.log_ratio, t.n);
    p->settled = !p->claimed || t.trouble[0] || (p->scale->go && in_hurry(b)) ||
                 is_decided(p, &b->rule, &d);
}

/* How many pairs besides the null pairs go on. */
static size_t still_running(const struct pairs *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        n += !p->list[i].null && !p->list[i].settled;
    return n;
}

/* One look further: from the blocks of the one before to its own. */
static int run_look(struct bench *b, struct pairs *p, int look)
{
    struct jobs jobs = { 0 };
    char name[48];

    plan_rounds(&jobs, p, look ? b->rule.looks[look - 1] : 0, b->rule.looks[look]);
    if (look > 0)
        progress_plan(&b->runner.progress, jobs_ms(&jobs));
    snprintf(name, sizeof name, "time, blocks to %zu", b->rule.looks[look]);
    progress_phase(&b->runner.progress, name);
    int error = runner_run(&b->runner, &jobs, 1);
    free(jobs.list);
    for (size_t i = 0; i < p->n && !error; i++)
        look_at(b, &p->list[i]);
    return error;
}

static int run_time(struct bench *b, struct pairs *p)
{
    int error = 0;

    for (int look = 0; look < LOOKS && !error && still_running(p) > 0; look++)
        error = run_look(b, p, look);
    return error;
}

/* --- the other phases --- */

struct plan {
    struct jobs counts; /* several at a time */
    struct jobs rates;  /* alone, for latency is in them */
    struct jobs slopes;
    struct jobs first_look;
    struct pairs pairs;
};

/* Is its growth worth it in this run?  Only over requests it can be claimed. */
static bool is_followed(const struct bench *b, const struct scale *s)
{
    return !in_hurry(b) || s->e->tip->dial == OPS;
}

static struct plan plan_make(const struct bench *b)
{
    struct plan p = { .pairs = pairs_make(b) };

    for (size_t i = 0; i < b->nscales; i++) {
        const struct scale *s = &b->scales[i];
        plan_counts(s->e->tip->dial == RATE ? &p.rates : &p.counts, s, b->options.quick);
        if (is_followed(b, s))
            plan_slopes(&p.slopes, s, b->options.quick);
    }
    plan_rounds(&p.first_look, &p.pairs, 0, b->rule.looks[0]);
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

/* What runs side by side takes less of the clock. */
static void expect_company(struct jobs *j)
{
    for (size_t i = 0; i < j->n; i++)
        j->list[i].expect_ms /= 2;
}

/* A guess for one tip. */
static double second_ms(const struct bench *b)
{
    return b->options.quick ? 800 : 2600;
}

/* Only C has second opinions. */
static bool is_timed_twice(const struct bench *b, const struct scale *s)
{
    return !s->go && is_timed(b, s);
}

static size_t count_timed(const struct bench *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->nscales; i++)
        n += is_timed_twice(b, &b->scales[i]);
    return n;
}

static size_t count_go(const struct jobs *j)
{
    size_t n = 0;

    for (size_t i = 0; i < j->n; i++)
        n += strcmp(j->list[i].request.lang, "go") == 0;
    return n;
}

static void tell_go(const struct bench *b, const struct plan *p)
{
    if (!lang_go()[0]) {
        printf("in C alone; for Go beside it: apt-get install golang-go, and make go\n");
        return;
    }
    printf("of these in Go %s: %zu, %zu, %zu and %zu\n", lang_go(), count_go(&p->counts),
           count_go(&p->rates), count_go(&p->slopes), count_go(&p->first_look));
    if (in_hurry(b))
        printf("in a hurry Go runs once where counts are exact, and is timed up to one look\n");
}

static void plan_tell(struct bench *b, struct plan *p)
{
    struct progress *progress = &b->runner.progress;

    expect_company(&p->counts);
    expect_company(&p->slopes);
    progress_plan(progress, jobs_ms(&p->counts) + jobs_ms(&p->rates) + jobs_ms(&p->slopes) +
                                jobs_ms(&p->first_look) + second_ms(b) * (double)count_timed(b));
    progress_clear(progress);
    printf("%zu tip%s into %s\n", b->ntips, b->ntips == 1 ? "" : "s",
           store_folder(b->runner.store));
    printf("processes: %zu for counts, %zu at a rate, %zu for growth, %zu for time\n", p->counts.n,
           p->rates.n, p->slopes.n, p->first_look.n);
    tell_go(b, p);
    printf("looks at %zu, %zu and %zu blocks; a pair that is settled goes no further\n",
           b->rule.looks[0], b->rule.looks[1], b->rule.looks[2]);
    printf("about %s\n", progress_duration(progress_left_ms(progress)));
    fflush(stdout);
}

static int run_jobs(struct bench *b, const char *name, const struct jobs *jobs, size_t window)
{
    if (jobs->n == 0)
        return 0;
    progress_phase(&b->runner.progress, name);
    return runner_run(&b->runner, jobs, window);
}

static void step(void *arg, const char *tool, const char *tip)
{
    struct bench *b = arg;
    char what[128];

    snprintf(what, sizeof what, "%s of %s", tool, tip);
    progress_done(&b->runner.progress, second_ms(b) / 2);
    progress_show(&b->runner.progress, what);
}

/* On the pairs that are timed. */
static int run_second(struct bench *b)
{
    struct scale *timed = calloc(b->nscales + 1, sizeof *timed);
    size_t n = 0;

    if (!timed)
        return -ENOMEM;
    for (size_t i = 0; i < b->nscales; i++)
        if (is_timed_twice(b, &b->scales[i]))
            timed[n++] = b->scales[i];
    progress_phase(&b->runner.progress, "second opinions");
    int error = second_gbench(b->runner.store, timed, n, b->options.quick, step, b);
    if (!error)
        error = second_hyperfine(b->runner.store, timed, n, b->options.quick, step, b);
    free(timed);
    return error;
}

static int measure(struct bench *b)
{
    int error = calibrate(b);
    if (error)
        return error;
    struct plan p = plan_make(b);
    plan_tell(b, &p);
    error = run_jobs(b, "counts", &p.counts, COUNT_WINDOW);
    if (!error)
        error = run_jobs(b, "rates", &p.rates, 1);
    if (!error)
        error = run_jobs(b, "growth", &p.slopes, COUNT_WINDOW);
    if (!error)
        error = run_time(b, &p.pairs);
    if (!error)
        error = run_second(b);
    plan_free(&p);
    return error;
}

/* --- the end --- */

static void draw(struct bench *b)
{
    const char *folder = store_folder(b->runner.store);
    char said[1024];

    progress_phase(&b->runner.progress, "charts");
    progress_show(&b->runner.progress, "drawing");
    snprintf(said, sizeof said, "%s", store_path(b->runner.store, ".render"));
    int error = report_draw(b->options.results, folder, said);
    progress_clear(&b->runner.progress);
    if (error == 0)
        printf("report: %s/report.html\n", folder);
    else if (error == -ENOENT)
        printf("results: %s (no plots/render.py here, so no charts)\n", folder);
    else
        printf("results are kept in %s; draw them later: make report\n", folder);
}

/* Judge what there is; on a run cut short, that is a part. */
static int conclude(struct bench *b)
{
    struct findings f;
    struct runner *r = &b->runner;
    int error = findings_make(&f, b->tips, b->ntips, &b->rule, r->samples, r->n);

    if (!error)
        error = findings_store(&f, r->store, b->tips, b->ntips, r->samples, r->n);
    progress_clear(&r->progress);
    if (!error && !child_interrupted()) {
        printf("\n");
        board_print(stdout, &f, machine_margin(b->machine));
        calibration_print(stdout, b->options.results, b->machine);
        printf("%zu processes in %s\n", r->n, progress_duration(progress_spent_ms(&r->progress)));
        if (access(store_path(r->store, "dumps"), F_OK) == 0)
            printf("what was stuck, task by task: %s\n", store_path(r->store, "dumps"));
    }
    findings_free(&f);
    return error;
}

static int end_interrupted(struct bench *b)
{
    const char *results = b->options.results;
    bool usual = strcmp(results, usual_results) == 0;

    conclude(b);
    fprintf(stderr, "twinbench: interrupted; %zu processes are kept in %s; go on with: %s%s\n",
            b->runner.n, store_folder(b->runner.store),
            usual ? "make bench RESUME=1" : "twinbench bench --resume --results ",
            usual ? "" : results);
    return 130;
}

static int run_in(struct bench *b)
{
    int error = b->options.resume ? resume_machine(b) : store_machine(b);

    if (error)
        return 1;
    double margin = machine_margin(b->machine);
    b->rule = b->options.quick ? rule_quick(margin) : rule_full(margin);
    error = measure(b);
    if (error == -EINTR || child_interrupted())
        return end_interrupted(b);
    if (error || conclude(b) != 0)
        return 1;
    draw(b);
    return child_interrupted() ? 130 : 0;
}

static int run(struct bench *b)
{
    struct store *store = store_open(b->options.results, b->options.resume);

    if (!store)
        return 1;
    int status = 1;
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

    b->tips = calloc(nentries + 1, sizeof *b->tips);
    b->scales = calloc(NLANGS * (nentries + 1), sizeof *b->scales);
    b->machine = machine_facts(b->options.quick);
    if (!b->tips || !b->scales || !b->machine) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    json_object_set_new(b->machine, "tip", json_string(tip ? tip : ""));
    return select_tip(b, tip) ? 2 : 0;
}

int cmd_bench(int argc, char **argv)
{
    struct bench b = { .options.results = usual_results };
    struct options *o = &b.options;
    const struct arg flags[] = {
        { "--quick", ARG_FLAG, &o->quick, 0, 0, "fewer blocks: rougher verdicts on time" },
        { "--tip", ARG_WORD, &o->tip, 0, 0, "only this tip" },
        { "--resume", ARG_FLAG, &o->resume, 0, 0, "go on with the newest run, as it was begun" },
        { "--results", ARG_WORD, &o->results, 0, 0, "folder for runs, instead of results" },
    };
    const struct args args = { "bench [--quick] [--tip TIP] [--resume] [--results DIR]",
                               "Measure tips and decide which claims hold on this machine.",
                               flags, sizeof flags / sizeof flags[0], NULL, 0, 0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    int status = prepare(&b);
    if (status == 0) {
        child_catch_signals();
        status = run(&b);
    }
    json_decref(b.machine);
    free(b.tips);
    free(b.scales);
    return status;
}
