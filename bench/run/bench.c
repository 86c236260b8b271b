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
#include "run/phases.h"
#include "show/opinions_board.h"
#include "show/report.h"
#include "show/resolution.h"
#include "show/terminal_board.h"
#include "show/wrap_text.h"
#include "store/machine.h"
#include "store/tables.h"
#include "store/tips_json.h"
#include "store/whole_file.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE = 0, FAILED = 1, NO_REPORT = 3, FOUND = 4, STOPPED = 130 };

/* --- the tips --- */

/* The tips of this name or family, or all if name is NULL or "all". Returns how many.  If it is
 * 0, a line has said that there are none. */
static size_t select_tips(const char *name, const struct entry **list)
{
    if (name && strcmp(name, "all") != 0)
        return args_tips(name, list);
    for (size_t i = 0; i < nentries; i++)
        list[i] = &entries[i];
    return nentries;
}

/* Select the tips of the run, and the tips of the whole of which it is a part (part_of; NULL: it
 * is no part). -ENOENT: a line has said what is wrong. */
static int select_scope(struct bench *b, const char *name, const char *part_of)
{
    struct scope *s = &b->scope;

    s->ntips = select_tips(name, s->tips);
    s->nboard = s->ntips ? select_tips(part_of ? part_of : name, s->board) : 0;
    if (s->nboard == 0)
        return -ENOENT;
    for (size_t i = 0; i < s->ntips; i++)
        if (!args_has(s->board, s->nboard, s->tips[i])) {
            fprintf(stderr, "twinbench: --part-of %s: %s is not among its tips\n", part_of,
                    s->tips[i]->name);
            return -ENOENT;
        }
    return 0;
}

/* --- the machine, and whether it is the same as before --- */

/* Store the machine, and the words of the tips: a later commit may claim something else. */
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
    return select_scope(b, tip[0] ? tip : NULL, b->options.part_of);
}

/* --- the end --- */

static int draw(struct bench *b)
{
    const char *folder = store_folder(b->runner.store);
    char said[PATH_MAX];

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
    json_t *gbench = whole_file_json(store_path(s, "gbench.json"), NULL);
    json_t *hyperfine = whole_file_json(store_path(s, "hyperfine.json"), NULL);

    opinions_board_print(stdout, f, gbench, hyperfine);
    json_decref(gbench);
    json_decref(hyperfine);
}

/* Judge, store and print.  A run that was cut short is judged by the samples it has. */
static int conclude(struct bench *b)
{
    struct findings f;
    struct runner *r = &b->runner;
    int error = phases_judge(b, &f);

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
            printf("dumps of the processes that were stuck: %s\n", store_path(r->store, "dumps"));
        b->failed_on = fail_on_print(stderr, &b->fail_on, &f);
    }
    findings_free(&f);
    return error;
}

static int end_interrupted(struct bench *b)
{
    const char *results = b->options.results, *folder = tips_outside();
    bool usual = strcmp(results, store_usual()) == 0;

    if (conclude(b) != 0)
        return FAILED;
    fprintf(stderr,
            "twinbench: interrupted; %zu processes are kept in %s; go on with: ", b->runner.n,
            store_folder(b->runner.store));
    if (usual)
        fprintf(stderr, "%s\n", tips_make("bench RESUME=1"));
    else
        fprintf(stderr, "twinbench%s%s bench --resume --results %s\n", folder ? " --tips " : "",
                folder ? folder : "", results);
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
    error = phases_run(b);
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
    return select_scope(b, tip, b->options.part_of) ? 2 : 0;
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
          "exit with 4 on any: true,myth,depends,undecided,unexpected" },
        { "--opinions", ARG_FLAG, &o->opinions, 0, 0,
          "time the pairs with Google Benchmark and hyperfine too" },
        { "--results", ARG_WORD, &o->results, 0, 0, "folder for runs, instead of results" },
    };
    const struct args args = { "bench [--quick] [--tip TIP] [--resume] [flags]",
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
