/* SPDX-License-Identifier: MIT */
/* google_benchmarks.c - a program that uses Google Benchmark, and its JSON. */
#include "ab/benchmarks.h"
#include "ab/results.h"
#include "ab/texts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_S = 600 };

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

static int measure_google(struct trial *t, json_t *result)
{
    const char *key;
    json_t *value;

    json_object_foreach (result, key, value) {
        if (!google_is_measure(key, value) || t->measures.n == MEASURES_MAX)
            continue;
        char *metric = text_of("%.23s: ^\\s*\"\\Q%s\\E\": ([\\d.eE+-]+)", key, key);
        bool ok = measures_add(&t->measures, metric);
        free(metric);
        if (!ok)
            return 1;
        google_unit(&t->measures.list[t->measures.n - 1], result);
    }
    return 0;
}

/* Everything at and below that name, run for a moment. */
static int look(const struct benchmarks *b, const char *program, int side, const char *name,
                json_t **all, struct all_found *found)
{
    char *only = text_exactly(name, "/");
    char *below = text_of("%.*s(/.*)?$", (int)strlen(only) - 1, only);
    char *text = command_text(program, below, 0.001);
    struct run r;
    int status = ask(b->at->folder[side], text, LOOK_S, &r);
    size_t i;
    json_t *result;

    if (status == 0 && r.status != 0)
        status = ab_complain("%s of %s ended with %s: %s", name, program, command_ending(r.status),
                             text_first_line(r.err));
    if (status == 0)
        *all = json_loads(r.out, 0, NULL);
    json_array_foreach (json_object_get(*all, "benchmarks"), i, result) {
        const char *why = json_string_value(json_object_get(result, "error_message")),
                   *called = json_string_value(json_object_get(result, "name"));
        if (why && status == 0)
            status = ab_complain("%s of %s says: %s", called ? called : name, program, why);
        else if (called && google_is_value(result) && found_add(found, name, called))
            found->list[found->n - 1].report = result;
    }
    if (status == 0 && found->n == 0)
        status = ab_complain("there is no benchmark %s in %s; all of them: %s "
                             "--benchmark_list_tests",
                             name, program, program);
    run_free(&r);
    free(text);
    free(below);
    free(only);
    return status;
}

/* --- pairs --- */

struct adding {
    struct series *series;
    const struct benchmarks *benchmarks;
    const char *program;
};

static struct command command_of(const struct adding *to, int side, const char *name)
{
    char *only = text_exactly(name, "/");
    struct command c = {
        .title = side_title(to->benchmarks->at, side, "", name),
        .text = command_text(to->program, only, (double)to->benchmarks->each_ms / 1000),
        .shell = "sh",
        .folder = to->benchmarks->at->folder[side],
    };

    free(only);
    return c;
}

static int add(void *context, const struct found *a, const struct found *b)
{
    const struct adding *to = context;
    struct trial *t = series_add(to->series);

    if (!t)
        return 1;
    t->measures.n = 0;
    t->command[SIDE_A] = command_of(to, SIDE_A, a->name);
    t->command[SIDE_B] = command_of(to, SIDE_B, b->name);
    return measure_google(t, a->report);
}

int benchmarks_of_google(struct series *s, const struct benchmarks *b, const char *program)
{
    struct all_found found[SIDES] = { { .n = 0 } };
    struct adding to = { s, b, program };
    json_t *all[SIDES] = { NULL };
    int status = 0;

    for (int side = 0; side < SIDES && !status; side++)
        status = look(b, program, side, b->name[side] ? b->name[side] : b->name[SIDE_A], &all[side],
                      &found[side]);
    if (status == 0)
        status = benchmarks_pair(b, found, add, &to);
    for (int side = 0; side < SIDES; side++) {
        found_free(&found[side]);
        json_decref(all[side]);
    }
    return status;
}
