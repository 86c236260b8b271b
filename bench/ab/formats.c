/* SPDX-License-Identifier: MIT */
/* formats.c - three formats into one list. */
#include "ab/formats.h"

#include "trial/complain.h"
#include "store/whole_file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct result *add(struct results *all, int side)
{
    if (all->n == all->room) {
        all->room = all->room ? 2 * all->room : 256;
        all->list = realloc(all->list, all->room * sizeof *all->list);
        if (!all->list)
            abort();
    }
    struct result *r = &all->list[all->n++];
    r->side = side;
    for (size_t i = 0; i < MEASURES_MAX; i++)
        r->value[i] = NAN;
    return r;
}

/* For somebody who does not know what it is called there. */
static void note_name(struct results *all, const char *name)
{
    if (!all->a_name[0])
        snprintf(all->a_name, sizeof all->a_name, "%.99s", name);
}

/* The measure of that name, which is added if there is room; or MEASURES_MAX. */
static size_t measure_named(struct measures *m, const char *name)
{
    size_t i = 0;

    while (i < m->n && strncmp(m->list[i].name, name, sizeof m->list[i].name - 1) != 0)
        i++;
    m->left_out |= i == MEASURES_MAX;
    if (i < m->n || i == MEASURES_MAX)
        return i;
    m->list[i] = (struct measure){ .unit = "", .by = 1 };
    snprintf(m->list[i].name, sizeof m->list[i].name, "%s", name);
    m->n++;
    return i;
}

/* --- Google Benchmark --- */

bool google_is_value(const json_t *result)
{
    const char *type = json_string_value(json_object_get(result, "run_type"));

    return !type || strcmp(type, "iteration") == 0;
}

const char *google_error(const json_t *result)
{
    const char *why = json_string_value(json_object_get(result, "error_message"));

    return why ? why : json_is_true(json_object_get(result, "error_occurred")) ? "an error" : NULL;
}

bool google_is_measure(const char *key, const json_t *value)
{
    static const char *const settings[] = { "family_index", "per_family_instance_index",
                                            "repetitions",  "repetition_index",
                                            "threads",      "iterations" };

    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (strcmp(key, settings[i]) == 0)
            return false;
    return json_is_number(value);
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

void google_unit(struct measure *m, const json_t *result)
{
    m->is_time = strcmp(m->name, "real_time") == 0 || strcmp(m->name, "cpu_time") == 0;
    m->unit = m->is_time ? "ns" : "";
    m->by = m->is_time ? unit_ns(result) : 1;
}

static int read_google(struct results *all, struct measures *m, const json_t *list, int side,
                       const char *name)
{
    const char *key;
    json_t *result, *value;
    size_t i;

    json_array_foreach (list, i, result) {
        const char *called = json_string_value(json_object_get(result, "name"));
        if (called && google_is_value(result))
            note_name(all, called);
        if (!called || strcmp(called, name) != 0 || !google_is_value(result))
            continue;
        if (google_error(result))
            return complain("'%.60s' failed when it was measured: %s", name, google_error(result));
        struct result *r = add(all, side);
        json_object_foreach (result, key, value) {
            size_t k = google_is_measure(key, value) ? measure_named(m, key) : MEASURES_MAX;
            if (k == MEASURES_MAX)
                continue;
            google_unit(&m->list[k], result);
            r->value[k] = json_number_value(value) * m->list[k].by;
        }
    }
    return 0;
}

/* --- hyperfine --- */

/* A run that failed has a time, too: of a command that may do so (hyperfine --ignore-failure). */
static bool has_failed(const json_t *result)
{
    json_t *code;
    size_t i;

    json_array_foreach (json_object_get(result, "exit_codes"), i, code)
        if (!json_is_integer(code) || json_integer_value(code) != 0)
            return true;
    return false;
}

static int read_hyperfine(struct results *all, struct measures *m, const json_t *list, int side,
                          const char *name)
{
    json_t *result, *time;
    size_t i, k;

    json_array_foreach (list, i, result) {
        const char *command = json_string_value(json_object_get(result, "command"));
        if (command)
            note_name(all, command);
        if (!command || strcmp(command, name) != 0)
            continue;
        if (has_failed(result))
            return complain("'%.60s' failed in some run when it was measured", name);
        size_t at = measure_named(m, "time");
        m->list[at].is_time = true;
        m->list[at].unit = "ns";
        json_array_foreach (json_object_get(result, "times"), k, time) {
            if (!json_is_number(time))
                return complain("a time of '%.60s' is no number", name);
            add(all, side)->value[at] = json_number_value(time) * 1e9;
        }
    }
    return 0;
}

/* --- go test -bench --- */

/* "BenchmarkOld-2" is BenchmarkOld. */
static bool is_called(const char *called, const char *name)
{
    size_t n = strlen(name);

    if (strncmp(called, name, n) != 0)
        return false;
    called += n;
    return !*called ||
           (*called == '-' && called[1] && !called[1 + strspn(called + 1, "0123456789")]);
}

void go_unit(struct measure *m, const char *unit)
{
    m->is_time = strcmp(unit, "ns/op") == 0;
    m->unit = m->is_time ? "ns" : strcmp(unit, "B/op") == 0 ? "B" : "";
}

static void read_go_line(struct results *all, struct measures *m, const char *line, int side)
{
    char unit[MEASURE_NAME];
    double value;
    int n = 0;
    struct result *r = add(all, side);

    sscanf(line, "%*s %*s%n", &n);
    for (line += n; sscanf(line, "%lf %63[^ \t\r\n]%n", &value, unit, &n) == 2; line += n) {
        size_t k = measure_named(m, unit);
        if (k == MEASURES_MAX)
            continue;
        go_unit(&m->list[k], unit);
        r->value[k] = value;
    }
}

/* Under which name and in which package a side was found first: with another number of processors
 * behind it, or elsewhere, it is another benchmark. */
struct origin {
    char name[500], package[300];
};

static int check_origin(const struct origin *first, const struct origin *now, const char *path)
{
    if (strcmp(first->name, now->name) != 0)
        return complain("%s holds both %s and %s; name one of them", path, first->name, now->name);
    if (strcmp(first->package, now->package) != 0)
        return complain("%s holds %s of both %s and %s; keep one of them in it", path, now->name,
                        first->package, now->package);
    return 0;
}

static int read_go(struct results *all, struct measures *m, const char *path, char *text,
                   const char *const name[SIDES])
{
    struct origin first[SIDES] = { { "", "" } }, now = { "", "" };
    int iterations, status = 0;
    size_t lines = 0;
    char *line;

    while (!status && (line = strsep(&text, "\n"))) {
        sscanf(line, "pkg: %299s", now.package);
        if (strncmp(line, "Benchmark", 9) != 0 ||
            sscanf(line, "%499s %d", now.name, &iterations) != 2)
            continue;
        lines++;
        int side = name[SIDE_A] && is_called(now.name, name[SIDE_A])   ? SIDE_A
                   : name[SIDE_B] && is_called(now.name, name[SIDE_B]) ? SIDE_B
                                                                       : SIDES;
        note_name(all, now.name);
        if (side == SIDES)
            continue;
        if (!first[side].name[0])
            first[side] = now;
        status = check_origin(&first[side], &now, path);
        read_go_line(all, m, line, side);
    }
    if (lines == 0)
        status =
            complain("%s is nothing that `go test -bench` printed, nor hyperfine's JSON or Google "
                     "Benchmark's",
                     path);
    return status;
}

/* --- any of them --- */

/* Those of the two names that are not NULL. */
static int read_json(struct results *all, struct measures *m, const char *path, const char *text,
                     const char *const name[SIDES])
{
    json_error_t why;
    json_t *o = json_loads(text, 0, &why), *hyperfine = json_object_get(o, "results"),
           *google = json_object_get(o, "benchmarks");
    int status = 0;

    if (!o && strstr(text, "\"Action\":"))
        status = complain("%s is what `go test -json` prints; leave -json out", path);
    else if (!o)
        status = complain("%s is no JSON: line %d: %s", path, why.line, why.text);
    else if (!json_is_array(hyperfine) && !json_is_array(google))
        status = complain("%s is neither hyperfine's JSON nor Google Benchmark's", path);
    for (int side = 0; side < SIDES && !status; side++)
        if (name[side] && json_is_array(hyperfine))
            status = read_hyperfine(all, m, hyperfine, side, name[side]);
        else if (name[side])
            status = read_google(all, m, google, side, name[side]);
    json_decref(o);
    return status;
}

int results_read_file(struct results *all, struct measures *m, const char *path,
                      const char *const name[SIDES])
{
    size_t length;
    char *text = whole_file_read(path, &length);
    int status = 0;

    if (!text)
        return complain("cannot read %s: %s", path,
                        errno == EINVAL ? "it is no file" : strerror(errno));
    if (text[strspn(text, " \t\r\n")] == '{') {
        all->ordered = false;
        status = read_json(all, m, path, text, name);
    } else {
        status = read_go(all, m, path, text, name);
    }
    free(text);
    for (int side = 0; side < SIDES && !status; side++) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++)
            n += all->list[i].side == side;
        if (name[side] && n == 0)
            status = complain("%s holds no result of '%.60s'%s%s%s", path, name[side],
                              *all->a_name ? ", but for instance of '" : "", all->a_name,
                              *all->a_name ? "'" : "");
    }
    return status;
}
