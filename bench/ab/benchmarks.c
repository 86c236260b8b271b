/* SPDX-License-Identifier: MIT */
/* benchmarks.c - the command lines of two frameworks, and what their results look like. */
#include "ab/benchmarks.h"

#include <ctype.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run that is looked at, not timed: to build, and to see what a benchmark reports. */
static const int64_t look_ms = 600000;

static int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int complain(const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fputs("twinbench: ab: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    return 1;
}

/* A text of that form, or the end: this is before anything was measured. */
static char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *text_of(const char *format, ...)
{
    char *text;
    va_list ap;

    va_start(ap, format);
    if (vasprintf(&text, format, ap) < 0)
        abort();
    va_end(ap);
    return text;
}

/* As one word of a shell's. */
static char *quoted(const char *word)
{
    char *text = malloc(strlen(word) * 4 + 3), *to = text;

    if (!text)
        abort();
    *to++ = '\'';
    for (; *word; word++)
        to = *word == '\'' ? stpcpy(to, "'\\''") : (*to = *word, to + 1);
    strcpy(to, "'");
    return text;
}

/* A regular expression that a name of that text alone matches.  between: what stands instead of
 * each '/'. */
static char *exactly(const char *name, const char *between)
{
    char *text = malloc(strlen(name) * (2 + strlen(between)) + 3), *to = text;

    if (!text)
        abort();
    *to++ = '^';
    for (; *name; name++) {
        if (*name == '/') {
            to = stpcpy(to, between);
            continue;
        }
        if (!isalnum((unsigned char)*name) && *name != '_')
            *to++ = '\\';
        *to++ = *name;
    }
    strcpy(to, "$");
    return text;
}

static const char *first_line(const char *text)
{
    static char line[200];

    text += strspn(text, "\n");
    snprintf(line, sizeof line, "%.*s", (int)strcspn(text, "\n"), text);
    return line;
}

/* 0, and *r is the caller's; or the exit status. */
static int look(const struct command *c, struct run *r)
{
    int error = command_run(c, look_ms, r);

    if (error == 0)
        return 0;
    return complain("'%s' cannot be run: %s", c->text, strerror(-error));
}

/* --- Go --- */

static int build(const char *package, const char *binary)
{
    char *folder = quoted(package), *to = quoted(binary);
    struct command c = { .text =
                             text_of("cd %s && go test -c -o %s . && [ -e %s ]", folder, to, to),
                         .shell = "sh" };
    struct run r;
    int status = look(&c, &r);

    if (status == 0 && r.status != 0) {
        bool comment = r.err[0] == '#'; /* "# package" comes before what is wrong */
        const char *why = comment ? r.err + strcspn(r.err, "\n") : r.err;
        status = complain("the Go package in %s does not build: %s", package,
                          why[strspn(why, "\n")] ? first_line(why) : "it has no tests");
    }
    run_free(&r);
    free(folder);
    free(to);
    free((char *)c.text);
    return status;
}

/* A column of "BenchmarkOld-2   1000   1234 ns/op   56 B/op": its unit, from *at on. */
static bool next_unit(const char **at, char unit[24])
{
    double value;
    int n;

    if (sscanf(*at, "%lf %23[^ \t\n]%n", &value, unit, &n) != 2)
        return false;
    *at += n;
    return true;
}

static int measure_go(struct trial *t, const char *line)
{
    char unit[24];
    int n = 0;

    sscanf(line, "%*s %*s%n", &n); /* the name and the number of iterations */
    const char *at = line + n;
    while (t->measures.n < MEASURES_MAX && next_unit(&at, unit)) {
        char *metric =
            text_of("%s: ^Benchmark\\S*\\s.*\\s([\\d.eE+-]+) \\Q%s\\E(?:\\s|$)", unit, unit);
        bool ok = measures_add(&t->measures, metric);
        free(metric);
        if (!ok)
            return 1;
        struct measure *m = &t->measures.list[t->measures.n - 1];
        m->is_time = strcmp(unit, "ns/op") == 0;
        m->unit = m->is_time ? "ns" : strcmp(unit, "B/op") == 0 ? "B" : "";
    }
    return 0;
}

/* The one line of results in what it printed. */
static int understand_go(struct trial *t, const char *name, const struct run *r, bool first)
{
    const char *line =
        strncmp(r->out, "Benchmark", 9) == 0 ? r->out : strstr(r->out, "\nBenchmark");

    if (r->status != 0)
        return complain("%s ended with %s: %s", name, command_ending(r->status),
                        first_line(r->out));
    if (!line || !strstr(line, " ns/op"))
        return complain("there is no benchmark %s in that package", name);
    line += *line == '\n';
    if (strstr(line, "\nBenchmark"))
        return complain("%s is more than one benchmark; name one of them, such as %.*s", name,
                        (int)strcspn(line, "- \t"), line);
    return first ? measure_go(t, line) : 0;
}

int benchmarks_of_go(struct trial *t, const char *package, const char *const name[SIDES],
                     const char *scratch)
{
    char *binary = text_of("%s/package.test", scratch), *folder = quoted(package);
    int status = build(package, binary);

    t->measures.n = 0;
    for (int side = 0; side < SIDES && status == 0; side++) {
        char *only = exactly(name[side], "$/^");
        struct run r;
        t->command[side] = (struct command){
            .title = name[side],
            .text = text_of("cd %s && exec %s -test.run='^$' -test.bench='%s' -test.benchmem "
                            "-test.benchtime=%.3fs",
                            folder, binary, only, (double)t->each_ms / 1000),
            .shell = "sh"
        };
        free(only);
        status = look(&t->command[side], &r);
        if (status == 0)
            status = understand_go(t, name[side], &r, side == SIDE_A);
        run_free(&r);
    }
    free(folder);
    free(binary);
    return status;
}

/* --- Google Benchmark --- */

static bool is_setting(const char *key)
{
    static const char *const settings[] = { "family_index", "per_family_instance_index",
                                            "repetitions",  "repetition_index",
                                            "threads",      "iterations" };

    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (strcmp(key, settings[i]) == 0)
            return true;
    return false;
}

/* Times come in a unit of the benchmark's own choice. */
static double unit_ns(const json_t *result)
{
    const char *unit = json_string_value(json_object_get(result, "time_unit"));

    return !unit || strcmp(unit, "ns") == 0 ? 1
           : strcmp(unit, "us") == 0        ? 1e3
           : strcmp(unit, "ms") == 0        ? 1e6
                                            : 1e9;
}

static int measure_google(struct trial *t, json_t *result)
{
    const char *key;
    json_t *value;

    json_object_foreach (result, key, value) {
        if (!json_is_number(value) || is_setting(key) || t->measures.n == MEASURES_MAX)
            continue;
        char *metric = text_of("%.23s: ^\\s*\"\\Q%s\\E\": ([\\d.eE+-]+)", key, key);
        bool ok = measures_add(&t->measures, metric);
        free(metric);
        if (!ok)
            return 1;
        struct measure *m = &t->measures.list[t->measures.n - 1];
        m->is_time = strcmp(key, "real_time") == 0 || strcmp(key, "cpu_time") == 0;
        m->unit = m->is_time ? "ns" : "";
        m->by = m->is_time ? unit_ns(result) : 1;
    }
    return 0;
}

static int understand_google(struct trial *t, const char *program, const char *name,
                             const struct run *r, bool first)
{
    json_t *all = json_loads(r->out, 0, NULL);
    json_t *list = json_object_get(all, "benchmarks"), *result = json_array_get(list, 0);
    const char *why = json_string_value(json_object_get(result, "error_message"));
    int status = 0;

    if (r->status != 0)
        status = complain("%s of %s ended with %s: %s", name, program, command_ending(r->status),
                          first_line(r->err));
    else if (!result)
        status = complain("there is no benchmark %s in %s; all of them: %s --benchmark_list_tests",
                          name, program, program);
    else if (why)
        status = complain("%s of %s says: %s", name, program, why);
    else if (first)
        status = measure_google(t, result);
    json_decref(all);
    return status;
}

int benchmarks_of_google(struct trial *t, const char *program, const char *const name[SIDES])
{
    char *path = quoted(program);
    int status = 0;

    t->measures.n = 0;
    for (int side = 0; side < SIDES && status == 0; side++) {
        char *only = exactly(name[side], "/"), *filter = quoted(only);
        struct run r;
        t->command[side] =
            (struct command){ .title = name[side],
                              .text =
                                  text_of("exec %s --benchmark_filter=%s --benchmark_format=json "
                                          "--benchmark_min_time=%.3f",
                                          path, filter, (double)t->each_ms / 1000),
                              .shell = "sh" };
        free(filter);
        free(only);
        status = look(&t->command[side], &r);
        if (status == 0)
            status = understand_google(t, program, name[side], &r, side == SIDE_A);
        run_free(&r);
    }
    free(path);
    return status;
}
