/* SPDX-License-Identifier: MIT */
/* calibrate.c - how often a board has a false word on this machine, and how small an effect
 * it can find.
 *
 * Nothing but the machine can make a difference between processes of one program.  So the good
 * twins of some tips are timed against themselves, in rounds as in a run, and whole boards are
 * made of the rounds (error_rates.h).  Effects are put in by arithmetic and not by slower code:
 * then the truth is known exactly, and the same rounds serve all of them.
 *
 * A real slow-down, built in, is what bench/studies/experiment is for. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "calibrate/judged_boards.h"
#include "run/runner.h"
#include "show/charts.h"
#include "show/resolution.h"
#include "store/machine.h"
#include "store/saved_calibration.h"
#include "store/whole_file.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    FULL_S = 480, /* with the rest, under ten minutes */
    QUICK_S = 50,
    FULL_PROGRAMS = 15,
    QUICK_PROGRAMS = 5,
    LEAST_ROUNDS = 16, /* whatever the time */
    USUAL_BOARDS = 200,
};

struct calibration {
    bool quick;
    uint64_t seconds; /* 0: the usual time of a quick or a full calibration */
    uint64_t boards;
    const char *tip, *results, *from;
    struct workload list[FULL_PROGRAMS];
    size_t programs;
    json_t *machine;
    struct runner runner;
    double *value; /* values of the control blocks, round by round */
    size_t rounds;
};

/* --- which programs --- */

static bool serves(const struct entry *e)
{
    return tip_is_timed(e->tip) && tip_claims_time(e->tip) && !tip_none(e, LANGUAGE_C);
}

/* Choose the programs: the tips that were asked for; else of all tips that claim something about
 * time as many as there is time for, at equal distances. */
static size_t choose(const struct calibration *c, const struct entry **list)
{
    size_t most = c->quick ? QUICK_PROGRAMS : FULL_PROGRAMS, n = 0;

    if (c->tip) {
        n = args_tips(c->tip, list);
    } else {
        for (size_t i = 0; i < nentries; i++)
            if (serves(&entries[i]))
                list[n++] = &entries[i];
        if (n == 0)
            fprintf(stderr,
                    "twinbench: calibrate: no tip with twins in C claims anything about time; name "
                    "one: --tip\n");
    }
    for (size_t i = 0; i < n; i++)
        if (tip_none(list[i], LANGUAGE_C)) {
            fprintf(stderr, "twinbench: calibrate: %s has no twins in C, and C's are timed\n",
                    list[i]->name);
            return 0;
        }
    size_t all = n, kept = n < most ? n : most;
    for (size_t i = 0; i < kept; i++)
        list[i] = list[i * all / kept];
    return kept;
}

static int find_scale(struct calibration *c, struct workload *w)
{
    char why[CHILD_WHY];
    int error = runner_calibrate(&c->runner, w, why);

    if (error || w->batch > 0)
        return error;
    fprintf(stderr, "twinbench: %s cannot be timed%s%s; choose another with --tip\n", w->e->name,
            why[0] ? ": " : "", why);
    return -EINVAL;
}

static int find_scales(struct calibration *c, const struct entry *const *list, size_t n)
{
    int error = 0;

    progress_phase(&c->runner.progress, "calibrating");
    for (size_t i = 0; i < n && !error; i++) {
        c->list[c->programs] = (struct workload){ .e = list[i], .executor = executor_c() };
        error = find_scale(c, &c->list[c->programs++]);
    }
    return error;
}

/* --- measuring --- */

/* Blocks have numbers of their own in the whole series.  The step from round to round is odd,
 * so that a program's blocks run A B B A and B A A B by turns. */
static size_t step(const struct calibration *c)
{
    return c->programs | 1;
}

static int run_round(struct calibration *c, size_t round)
{
    struct jobs jobs = { 0 };

    for (size_t i = 0; i < c->programs; i++)
        plan_block(&jobs, &c->list[i], c->list[i].executor, true, round * step(c) + i);
    int error = runner_run(&c->runner, &jobs, 1);
    free(jobs.list);
    return error;
}

static double series_ms(const struct calibration *c)
{
    return 1e3 * (double)(c->seconds ? c->seconds : c->quick ? QUICK_S : FULL_S);
}

static int run_series(struct calibration *c)
{
    double until = progress_spent_ms(&c->runner.progress) + series_ms(c);
    int error = 0;

    progress_plan(&c->runner.progress, until);
    progress_phase(&c->runner.progress, "programs against themselves");
    for (size_t round = 0;
         !error && (round < LEAST_ROUNDS || progress_spent_ms(&c->runner.progress) < until);
         round++)
        error = run_round(c, round);
    progress_clear(&c->runner.progress);
    return error;
}

/* The value of each block into c->value, up to the first that is not complete. */
static int collect(struct calibration *c, const struct sample *samples, size_t n)
{
    size_t blocks = 0;

    c->value = calloc(n / BLOCK_SLOTS + 1, sizeof *c->value);
    if (!c->value)
        return -ENOMEM;
    for (size_t i = 0; i + BLOCK_SLOTS <= n; i += BLOCK_SLOTS) {
        size_t block = blocks / c->programs * step(c) + blocks % c->programs;
        double ns[BLOCK_SLOTS];
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            const struct sample *s = &samples[i + slot];
            if (s->block != (int64_t)block || s->slot != (int64_t)slot ||
                s->outcome != OUTCOME_OK) {
                fprintf(stderr,
                        "twinbench: process %zu of the series ended %s or is not in its place, so "
                        "the series cannot be used; choose other programs with --tip\n",
                        i + slot + 1, outcome_word(s->outcome));
                return -EINVAL;
            }
            ns[slot] = s->wall_ns;
        }
        c->value[blocks++] = block_value(0, ns);
    }
    c->rounds = blocks / c->programs;
    return 0;
}

/* --- a series that was measured before --- */

/* Of which tips it is, and on which machine. */
static int read_what(struct calibration *c, const json_t *before)
{
    const json_t *tips = json_object_get(before, "tips");

    c->programs = json_array_size(tips);
    if (c->programs == 0 || c->programs > FULL_PROGRAMS) {
        fprintf(stderr,
                "twinbench: no series in '%.60s': its calibration.json does not say of which tips; "
                "they are the folders of results/calibration\n",
                c->from);
        return -EINVAL;
    }
    json_decref(c->machine);
    c->machine = json_incref(json_object_get(before, "machine"));
    bool known = c->machine;
    for (size_t i = 0; i < c->programs; i++) {
        c->list[i].e = tip_find(json_string_value(json_array_get(tips, i)) ?: "");
        known = known && c->list[i].e;
    }
    if (known)
        return 0;
    fprintf(stderr, "twinbench: the series in '%.60s' is of tips that this program lacks\n",
            c->from);
    return -EINVAL;
}

static int read_series(struct calibration *c)
{
    char path[4096];
    struct sample *samples = NULL;
    size_t n = 0;

    snprintf(path, sizeof path, "%s/calibration.json", c->from);
    json_t *before = whole_file_json(path, NULL);
    int error = read_what(c, before);
    json_decref(before);
    snprintf(path, sizeof path, "%s/samples.csv", c->from);
    if (!error)
        error = store_read_file(path, &samples, &n);
    if (!error)
        error = collect(c, samples, n);
    free(samples);
    return error;
}

/* --- the answer --- */

static json_t *tips_of(const struct calibration *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->programs; i++)
        json_array_append_new(list, json_string(c->list[i].e->name));
    return list;
}

static int conclude(struct calibration *c)
{
    char *csv;
    size_t length;
    FILE *out = open_memstream(&csv, &length);
    json_t *designs = json_array();
    json_t *all = json_pack("{sO so si si so}", "machine", c->machine, "tips", tips_of(c), "rounds",
                            (int)c->rounds, "pairs", BOARD_PAIRS, "designs", designs);

    printf("%zu rounds of %zu programs against themselves; load %.1f; margin %.0f %%\n", c->rounds,
           c->programs, json_number_value(json_object_get(c->machine, "load1")),
           100 * machine_margin(c->machine));
    const struct measured_rounds rounds = { { c->value, c->rounds, c->programs }, c->machine };
    int error = boards_judge(&rounds, c->boards, designs, out);
    fclose(out);
    if (!error && !c->from)
        error = store_file(c->runner.store, "calibration.csv", csv, length);
    if (!error && !c->from)
        error = store_json(c->runner.store, "calibration.json", all);
    json_decref(all);
    free(csv);
    return error;
}

static void draw(struct calibration *c)
{
    const char *folder = store_folder(c->runner.store), *args[] = { folder, NULL };
    char said[1024];

    snprintf(said, sizeof said, "%s", store_path(c->runner.store, ".render"));
    int error = charts_draw("render.py", args, said);
    printf(error == 0 ? "chart: %s/charts/calibration.svg\n" : "results: %s\n", folder);
}

/* --- the command --- */

static int measure(struct calibration *c, const struct entry *const *list, size_t n)
{
    int error = store_json(c->runner.store, "machine.json", c->machine);

    if (!error)
        error = find_scales(c, list, n);
    if (!error)
        error = run_series(c);
    if (!error)
        error = collect(c, c->runner.samples, c->runner.n);
    return error ? error : conclude(c);
}

static int run_in(struct calibration *c, const struct entry *const *list, size_t n)
{
    int error = measure(c, list, n);

    if (error == -EINTR || child_interrupted()) {
        fprintf(stderr,
                "twinbench: interrupted; nothing follows from a part of a series: begin again\n");
        return 130;
    }
    if (error)
        return 1;
    printf("\n");
    resolution_print(stdout, c->results, c->machine);
    draw(c);
    return 0;
}

static int run(struct calibration *c, const struct entry *const *list, size_t n)
{
    mkdir(c->results, 0755); /* if it cannot be, the store says why */
    struct store *store = store_begin(saved_calibration_folder(c->results), NULL);

    if (!store)
        return 1;
    int status = 1;
    if (runner_start(&c->runner, store) == 0)
        status = run_in(c, list, n);
    runner_end(&c->runner);
    store_close(store);
    return status;
}

static int run_new(struct calibration *c)
{
    const struct entry **list = calloc(nentries + 1, sizeof *list);
    size_t n = list ? choose(c, list) : 0;
    int status = 2;

    if (n > 0) {
        child_catch_signals();
        status = run(c, list, n);
    }
    free(list);
    return status;
}

static int run_again(struct calibration *c)
{
    int error = read_series(c);

    if (!error)
        error = conclude(c);
    return error ? 1 : 0;
}

int cmd_calibrate(int argc, char **argv)
{
    struct calibration c = { .results = store_usual(), .boards = USUAL_BOARDS };
    const struct arg flags[] = {
        { "--quick", ARG_FLAG, &c.quick, 0, 0, "about a minute: fewer rounds, rougher rates" },
        { "--seconds", ARG_NUMBER, &c.seconds, 1, 86400, "how long: 480, or 50 if quick" },
        { "--tip", ARG_WORD, &c.tip, 0, 0, "the tip, or family, whose good twins are timed" },
        { "--boards", ARG_NUMBER, &c.boards, 1, 10000, "boards that are made of the series: 200" },
        { "--from", ARG_WORD, &c.from, 0, 0, "measure nothing: a folder with a series" },
        { "--results", ARG_WORD, &c.results, 0, 0, "folder for runs, instead of results" },
    };
    const struct args args = { "calibrate [--quick | --seconds N] [--tip TIP] [flags]",
                               "Find out how small an effect on time can be found on this machine.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               NULL,
                               0,
                               0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    c.machine = machine_facts(false);
    if (!c.machine) {
        fprintf(stderr, "twinbench: out of memory\n");
        return 1;
    }
    int status = c.from ? run_again(&c) : run_new(&c);
    json_decref(c.machine);
    free(c.value);
    return status;
}
