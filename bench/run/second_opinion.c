/* SPDX-License-Identifier: MIT */
/* second_opinion.c - call the tools many times, and merge what they export.
 *
 * Each call writes a JSON file of its own, which is read and put together here, so
 * that a tool that is killed half-way leaves at most its own last file unfinished.
 * What is merged is stored like every derived file. */
#include "run/second_opinion.h"

#include "inside/median.h"
#include "process/find_executors.h"
#include "process/spawn.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_S = 60, MAX_ROUNDS = 16 };

static const char *program(void)
{
    static char path[PATH_MAX];

    return executor_program(executor_c(), 0, path, sizeof path) == 0 ? path : "twinbench";
}

/* Run a tool that writes `path`; what it wrote, or NULL. */
static json_t *exported(const char *const argv[], const char *path, int *status)
{
    unlink(path);
    *status = spawn_wait(argv, "/dev/null", TIMEOUT_S);
    json_t *o = *status == 0 ? json_load_file(path, 0, NULL) : NULL;
    unlink(path);
    return o;
}

/* A tool failed for one tip: say so.  0: go on with the other tips; else the run was
 * interrupted, or its folder is gone. */
static int say_failed(struct store *s, const char *tool, const char *tip, int status)
{
    int error = status == -EINTR ? status : store_check(s);

    if (error)
        return error;
    fprintf(stderr, "twinbench: %s did not measure %s (%s); the other results are kept\n", tool,
            tip,
            status == 0  ? "it wrote no JSON"
            : status < 0 ? strerror(-status)
                         : "it failed");
    return 0;
}

/* --- hyperfine --- */

/* The two programs of a tip, as hyperfine is to run them. */
struct programs {
    char name[2][SAMPLE_TEXT + sizeof " good"], command[2][PATH_MAX + 256];
};

static void programs_of(const struct workload *s, struct programs *p)
{
    static const enum role twins[] = { TWIN_BAD, TWIN_GOOD };
    struct params at = tip_timing(s->e->tip);

    for (int i = 0; i < 2; i++) {
        snprintf(p->name[i], sizeof p->name[i], "%s %s", s->e->name, role_word(twins[i]));
        snprintf(p->command[i], sizeof p->command[i],
                 "'%s' one %s %s --kind time --ops %" PRIu64 " --size %" PRIu64
                 " --clients %" PRIu64 " --workers %" PRIu64,
                 program(), s->e->name, role_word(twins[i]), s->batch, at.size, at.clients,
                 at.workers);
    }
}

/* Run both once.  Which of them is first changes from round to round. */
static json_t *one_round(const struct programs *p, int round, const char *path, int *status)
{
    int a = round % 2, b = !a;
    const char *argv[] = {
        "hyperfine",     "-N",          "--runs", "1",        "--style", "none",
        "--export-json", path,          "-n",     p->name[a], "-n",      p->name[b],
        p->command[a],   p->command[b], NULL
    };
    return exported(argv, path, status);
}

static json_t *result_named(json_t *exports, const char *name)
{
    json_t *results = json_object_get(exports, "results"), *r;
    size_t i;

    json_array_foreach (results, i, r)
        if (strcmp(json_string_value(json_object_get(r, "command")) ?: "", name) == 0)
            return r;
    return NULL;
}

static double number_of(json_t *o, const char *name)
{
    return json_number_value(json_object_get(o, name));
}

struct series {
    double time[MAX_ROUNDS], user, system;
    size_t n;
};

static void series_add(struct series *s, json_t *result)
{
    if (!result || s->n == MAX_ROUNDS)
        return;
    s->time[s->n++] = number_of(result, "mean");
    s->user += number_of(result, "user");
    s->system += number_of(result, "system");
}

static double mean(const double *v, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return sum / (double)n;
}

static double deviation(const double *v, size_t n)
{
    double m = mean(v, n), sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (v[i] - m) * (v[i] - m);
    return n > 1 ? sqrt(sum / (double)(n - 1)) : 0;
}

/* The times in the order they ran, and hyperfine's own figures over all of them. */
static json_t *series_json(const struct series *s, const char *name)
{
    double sorted[MAX_ROUNDS];
    json_t *times = json_array();

    for (size_t i = 0; i < s->n; i++)
        json_array_append_new(times, json_real(s->time[i]));
    memcpy(sorted, s->time, sizeof sorted);
    double middle = median(sorted, s->n);
    return json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:o}", "command", name, "mean",
                     mean(s->time, s->n), "stddev", deviation(s->time, s->n), "median", middle,
                     "user", s->user / (double)s->n, "system", s->system / (double)s->n, "min",
                     sorted[0], "max", sorted[s->n - 1], "times", times);
}

static int hyperfine_tip(const struct workload *s, int rounds, const char *path, json_t *results)
{
    struct programs p;
    struct series series[2] = { 0 };
    int status = 0;

    programs_of(s, &p);
    for (int round = 0; round < rounds && status == 0; round++) {
        json_t *exports = one_round(&p, round, path, &status);
        for (int i = 0; i < 2; i++)
            series_add(&series[i], result_named(exports, p.name[i]));
        json_decref(exports);
    }
    for (int i = 0; i < 2 && status == 0; i++)
        if (series[i].n > 0)
            json_array_append_new(results, series_json(&series[i], p.name[i]));
    return status;
}

int second_opinion_hyperfine(struct store *s, const struct workload *workloads, size_t n,
                             bool quick, second_opinion_step *step, void *arg)
{
    json_t *all = json_pack("{s:[]}", "results"), *results = json_object_get(all, "results");
    char path[PATH_MAX];
    int error = 0;

    snprintf(path, sizeof path, "%s", store_path(s, ".hyperfine.json"));
    for (size_t i = 0; i < n && !error; i++) {
        step(arg, "hyperfine", workloads[i].e->name);
        int status = hyperfine_tip(&workloads[i], quick ? 3 : 10, path, results);
        if (status == -ENOENT) {
            fprintf(stderr, "twinbench: hyperfine is missing, so whole programs are not timed: "
                            "apt-get install hyperfine\n");
            break;
        }
        if (status != 0)
            error = say_failed(s, "hyperfine", workloads[i].e->name, status);
    }
    if (!error && json_array_size(results) > 0)
        error = store_json(s, "hyperfine.json", all);
    json_decref(all);
    return error;
}

/* --- Google Benchmark --- */

/* How long to measure: seconds for each repetition.  Several repetitions come in random
 * order, so that what disturbs the machine for a while disturbs all alike. */
struct effort {
    double min_time;
    int repetitions;
};

static int gbench_filter(enum heap heap, const char *workers, const char *filter,
                         struct effort effort, const char *path, json_t *all)
{
    char filter_flag[160], out_flag[sizeof "--benchmark_out=" + PATH_MAX], time_flag[48],
        repetitions_flag[48];
    const char *argv[] = { program(),
                           "gbench",
                           "--heap",
                           heap_name(heap),
                           "--workers",
                           workers,
                           filter_flag,
                           out_flag,
                           "--benchmark_out_format=json",
                           time_flag,
                           repetitions_flag,
                           effort.repetitions > 1 ? "--benchmark_enable_random_interleaving=true"
                                                  : NULL,
                           NULL };
    int status;

    snprintf(filter_flag, sizeof filter_flag, "--benchmark_filter=%s", filter);
    snprintf(out_flag, sizeof out_flag, "--benchmark_out=%s", path);
    snprintf(time_flag, sizeof time_flag, "--benchmark_min_time=%g", effort.min_time);
    snprintf(repetitions_flag, sizeof repetitions_flag, "--benchmark_repetitions=%d",
             effort.repetitions);
    json_t *o = exported(argv, path, &status);
    if (o && !json_object_get(all, "context"))
        json_object_set(all, "context", json_object_get(o, "context"));
    if (o)
        json_array_extend(json_object_get(all, "benchmarks"), json_object_get(o, "benchmarks"));
    json_decref(o);
    return status;
}

static bool has_family(const struct workload *workloads, size_t n, const char *family)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(workloads[i].e->name, family, strlen(family)) == 0)
            return true;
    return false;
}

/* Prices that are not the time of a twin, and that the charts of these families show. */
static int gbench_families(struct store *s, const struct workload *workloads, size_t n, bool quick,
                           second_opinion_step *step, void *arg, const char *path, json_t *all)
{
    const struct effort effort = {
        0, quick ? 5 : 15
    }; /* these benchmarks set their own number of iterations */
    const struct {
        const char *family, *what;
        enum heap heap;
        const char *workers, *filter;
    } more[] = {
        { "defer/", "the kinds of cleanup", HEAP_GLIBC, "1", "^kinds/" },
        { "pools/", "sizes on glibc", HEAP_GLIBC, "1", "^sizes/" },
        { "pools/", "sizes on mimalloc", HEAP_MIMALLOC, "1", "^sizes/mimalloc/new/" },
        { "pools/", "sizes on the collector", HEAP_GC, "1", "^sizes/gc/new/" },
        { "locks/", "counters, one worker", HEAP_GLIBC, "1", "^counters/" },
        { "locks/", "counters, two workers", HEAP_GLIBC, "2", "^counters/" },
    };
    int error = 0;

    for (size_t i = 0; i < sizeof more / sizeof more[0] && !error; i++) {
        if (!has_family(workloads, n, more[i].family))
            continue;
        step(arg, "Google Benchmark", more[i].what);
        error = gbench_filter(more[i].heap, more[i].workers, more[i].filter, effort, path, all);
        if (error)
            error = say_failed(s, "Google Benchmark", more[i].what, error);
    }
    return error;
}

int second_opinion_gbench(struct store *s, const struct workload *workloads, size_t n, bool twins,
                          bool quick, second_opinion_step *step, void *arg)
{
    const struct effort effort = { quick ? 0.02 : 0.1, 1 };
    json_t *all = json_object();
    char path[PATH_MAX], filter[128];
    int error;

    json_object_set_new(all, "benchmarks", json_array());
    snprintf(path, sizeof path, "%s", store_path(s, ".gbench.json"));
    step(arg, "Google Benchmark", "the shim itself");
    error = gbench_filter(HEAP_GLIBC, "1", "^(shim|native)/", effort, path, all);
    if (error)
        error = say_failed(s, "Google Benchmark", "the shim itself", error);
    if (!error)
        error = gbench_families(s, workloads, n, quick, step, arg, path, all);
    for (size_t i = 0; twins && i < n && !error; i++) {
        step(arg, "Google Benchmark", workloads[i].e->name);
        snprintf(filter, sizeof filter, "^%s/", workloads[i].e->name);
        error = gbench_filter(tip_heap(workloads[i].e->tip), "1", filter, effort, path, all);
        if (error != 0)
            error = say_failed(s, "Google Benchmark", workloads[i].e->name, error);
    }
    if (!error)
        error = store_json(s, "gbench.json", all);
    json_decref(all);
    return error;
}
