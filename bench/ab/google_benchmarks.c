/* SPDX-License-Identifier: MIT */
/* google_benchmarks.c - a program that uses Google Benchmark, and its JSON. */
#include "ab/benchmarks.h"
#include "ab/formats.h"
#include "ab/texts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static char *command_text(const char *program, const char *filter, double seconds)
{
    char *word = text_quoted(program), *quoted = text_quoted(filter);
    char *text = text_of("exec %s --benchmark_filter=%s --benchmark_format=json "
                         "--benchmark_min_time=%.3f",
                         word, quoted, seconds);

    free(quoted);
    free(word);
    return text;
}

static int measure(struct trial *t, const void *report)
{
    json_t *result = (json_t *)report, *value;
    const char *key;

    json_object_foreach (result, key, value) {
        if (!google_is_measure(key, value))
            continue;
        if (t->measures.n == MEASURES_MAX) {
            t->measures.left_out = true;
            continue;
        }
        /* Behind the list's name: what comes before it is about the machine, and has names, too. */
        char *pattern = text_of("(?s)\"benchmarks\":.*?^\\s*\"\\Q%s\\E\": ([\\d.eE+-]+)", key);
        bool ok = measures_add(&t->measures, key, pattern);
        free(pattern);
        if (!ok)
            return 1;
        google_unit(&t->measures.list[t->measures.n - 1], result);
    }
    return 0;
}

/* Of what it printed, all that has a value; a benchmark that says an error ends it. */
static int read_found(const char *out, const char *program, const char *name,
                      struct all_found *found)
{
    json_error_t error = { .line = 0 };
    json_t *all = json_loads(out, 0, &error), *list = json_object_get(all, "benchmarks"), *result;
    int status = 0;
    size_t i;

    if (*out && !json_is_array(list))
        status =
            complain("%s printed something else than Google Benchmark's JSON: line %d: %s", program,
                     all ? 1 : error.line, all ? "no list of benchmarks" : error.text);
    json_array_foreach (list, i, result) {
        const char *why = google_error(result),
                   *called = json_string_value(json_object_get(result, "name"));
        if (why && status == 0)
            status = complain("%s of %s says: %s", called ? called : name, program, why);
        else if (called && google_is_value(result) && found_add(found, name, called))
            found->list[found->n - 1].report = json_incref(result);
    }
    json_decref(all);
    if (status == 0 && found->n == 0)
        status = complain("there is no benchmark %s in %s; all of them: %s "
                          "--benchmark_list_tests",
                          name, program, program);
    return status;
}

static int look(const struct benchmarks *b, const void *program, int side, const char *name,
                struct all_found *found)
{
    char *only = text_exactly(name, "/");
    char *below = text_of("%.*s(/.*)?$", (int)strlen(only) - 1, only);
    char *text = command_text(program, below, 0.001);
    struct run r;
    int status = ask_within_budget(b->at->folder[side], text, name, b->look_s, &r);
    const char *words = status == 0 && *r.err ? run_last_words(&r) : "";

    if (status == 0 && r.status != 0)
        status = complain("%s of %s ended with %s%s%s", name, (const char *)program,
                          command_ending(r.status), *words ? ": " : "", words);
    if (status == 0)
        status = read_found(r.out, program, name, found);
    run_free(&r);
    free(text);
    free(below);
    free(only);
    return status;
}

static struct command command(const struct benchmarks *b, const void *program, int side,
                              const char *name)
{
    char *only = text_exactly(name, "/");
    struct command c = { .title = side_title(b->at, side, "", name),
                         .text = command_text(program, only, (double)b->each_ms / 1000),
                         .shell = "sh",
                         .folder = b->at->folder[side] };

    free(only);
    return c;
}

static void report_free(void *report)
{
    json_decref(report);
}

static const struct framework google = { look, command, measure, report_free };

int benchmarks_of_google(struct series *s, const struct benchmarks *b, const char *program)
{
    return benchmarks_add(s, b, &google, program);
}
