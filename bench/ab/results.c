/* SPDX-License-Identifier: MIT */
/* results.c - three formats into one list, and the list into blocks if its order allows. */
#include "ab/results.h"

#include "ab/texts.h"
#include "inside/median.h"
#include "store/store.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Results in the order of the file.  NAN: this one lacks that measure. */
struct results {
    struct result {
        int side;
        double value[MEASURES_MAX];
    } *list;
    size_t n, room;
    bool ordered; /* they ran in this order */
};

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

/* The measure of that name, which is added if there is room; or MEASURES_MAX. */
static size_t measure_named(struct measures *m, const char *name)
{
    size_t i = 0;

    while (i < m->n && strncmp(m->list[i].name, name, sizeof m->list[i].name - 1) != 0)
        i++;
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

static void read_google(struct results *all, struct measures *m, const json_t *list, int side,
                        const char *name)
{
    const char *key;
    json_t *result, *value;
    size_t i;

    json_array_foreach (list, i, result) {
        const char *called = json_string_value(json_object_get(result, "name"));
        if (!called || strcmp(called, name) != 0 || !google_is_value(result))
            continue;
        struct result *r = add(all, side);
        json_object_foreach (result, key, value) {
            size_t k = google_is_measure(key, value) ? measure_named(m, key) : MEASURES_MAX;
            if (k == MEASURES_MAX)
                continue;
            google_unit(&m->list[k], result);
            r->value[k] = json_number_value(value) * m->list[k].by;
        }
    }
}

/* --- hyperfine --- */

static void read_hyperfine(struct results *all, struct measures *m, const json_t *list, int side,
                           const char *name)
{
    json_t *result, *time;
    size_t i, k;

    json_array_foreach (list, i, result) {
        const char *command = json_string_value(json_object_get(result, "command"));
        if (!command || strcmp(command, name) != 0)
            continue;
        size_t at = measure_named(m, "time");
        m->list[at].is_time = true;
        m->list[at].unit = "ns";
        json_array_foreach (json_object_get(result, "times"), k, time)
            add(all, side)->value[at] = json_number_value(time) * 1e9;
    }
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

static void read_go_line(struct results *all, struct measures *m, const char *line, int side)
{
    char unit[24];
    double value;
    int n = 0;
    struct result *r = add(all, side);

    sscanf(line, "%*s %*s%n", &n);
    for (line += n; sscanf(line, "%lf %23[^ \t\r\n]%n", &value, unit, &n) == 2; line += n) {
        size_t k = measure_named(m, unit);
        if (k == MEASURES_MAX)
            continue;
        m->list[k].is_time = strcmp(unit, "ns/op") == 0;
        m->list[k].unit = m->list[k].is_time ? "ns" : strcmp(unit, "B/op") == 0 ? "B" : "";
        r->value[k] = value;
    }
}

static void read_go(struct results *all, struct measures *m, char *text,
                    const char *const name[SIDES])
{
    char called[500], *line;
    int iterations;

    while ((line = strsep(&text, "\n"))) {
        if (sscanf(line, "%499s %d %*f", called, &iterations) != 2)
            continue;
        for (int side = 0; side < SIDES; side++)
            if (name[side] && is_called(called, name[side])) {
                read_go_line(all, m, line, side);
                break;
            }
    }
}

/* --- a file --- */

/* Those of the two names that are not NULL. */
static int read_json(struct results *all, struct measures *m, const char *path, const char *text,
                     const char *const name[SIDES])
{
    json_error_t why;
    json_t *o = json_loads(text, 0, &why), *hyperfine = json_object_get(o, "results"),
           *google = json_object_get(o, "benchmarks");
    int status = 0;

    if (!o)
        status = ab_complain("%s is no JSON: line %d: %s", path, why.line, why.text);
    else if (!json_is_array(hyperfine) && !json_is_array(google))
        status = ab_complain("%s is neither hyperfine's JSON nor Google Benchmark's", path);
    for (int side = 0; side < SIDES && !status; side++)
        if (name[side] && json_is_array(hyperfine))
            read_hyperfine(all, m, hyperfine, side, name[side]);
        else if (name[side])
            read_google(all, m, google, side, name[side]);
    json_decref(o);
    return status;
}

static int read_file(struct results *all, struct measures *m, const char *path,
                     const char *const name[SIDES])
{
    size_t length;
    char *text = store_slurp(path, &length);
    int status = 0;

    if (!text)
        return ab_complain("cannot read %s: %s", path,
                           errno == EINVAL ? "it is no file" : strerror(errno));
    if (text[strspn(text, " \t\r\n")] == '{') {
        all->ordered = false;
        status = read_json(all, m, path, text, name);
    } else {
        read_go(all, m, text, name);
    }
    free(text);
    for (int side = 0; side < SIDES && !status; side++) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++)
            n += all->list[i].side == side;
        if (name[side] && n == 0)
            status = ab_complain("%s holds no result of '%.60s'", path, name[side]);
    }
    return status;
}

/* --- what it carries --- */

/* Only what every result has can be compared. */
static void drop_gaps(struct results *all, struct measures *m)
{
    for (size_t k = m->n; k-- > 0;) {
        bool gap = false;
        for (size_t i = 0; i < all->n; i++)
            gap |= isnan(all->list[i].value[k]);
        if (!gap)
            continue;
        m->n--;
        memmove(&m->list[k], &m->list[k + 1], (m->n - k) * sizeof m->list[0]);
        for (size_t i = 0; i < all->n; i++)
            memmove(&all->list[i].value[k], &all->list[i].value[k + 1],
                    (m->n - k) * sizeof(double));
    }
}

static void keep_loose(const struct results *all, struct trial *t)
{
    for (size_t k = 0; k < t->measures.n; k++)
        for (int side = 0; side < SIDES; side++) {
            struct loose *l = &t->loose[side];
            l->n = 0;
            l->value[k] = calloc(all->n, sizeof(double));
            for (size_t i = 0; l->value[k] && i < all->n; i++)
                if (all->list[i].side == side)
                    l->value[k][l->n++] = all->list[i].value[k];
        }
}

/* Results of one side that follow each other become one, their median.  What is left takes
 * turns. */
static void join_stretches(struct results *all, size_t measures)
{
    double *values = calloc(all->n + 1, sizeof *values);
    size_t n = 0, end;

    for (size_t i = 0; values && i < all->n; i = end) {
        struct result joined = all->list[i];
        for (end = i; end < all->n && all->list[end].side == joined.side; end++)
            ;
        for (size_t k = 0; k < measures; k++) {
            for (size_t at = i; at < end; at++)
                values[at - i] = all->list[at].value[k];
            joined.value[k] = median(values, end - i);
        }
        all->list[n++] = joined;
    }
    free(values);
    all->n = n;
}

enum { TURNS = 8 }; /* of a round: A B A B A B A B, or the other way round */

/* A round out of eight turns.  Of A B . B A the middle is left out, so that a drift falls on both
 * sides alike; the control is the four of A. */
static void keep_turns(struct trial *t, const struct result *turn)
{
    static const size_t of_pair[BLOCK_SLOTS] = { 0, 1, 3, 4 };
    size_t first_a = turn[0].side == SIDE_A ? 0 : 1, block = t->blocks++;

    for (size_t k = 0; k < t->measures.n; k++)
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            t->value[k][SET_PAIR][block][slot] = turn[of_pair[slot]].value[k];
            t->value[k][SET_CONTROL][block][slot] = turn[first_a + 2 * slot].value[k];
        }
}

static void keep_blocks(const struct results *all, struct trial *t)
{
    size_t at = 0;

    while (t->blocks < DECIDE_MAX) {
        int begins = block_side(t->blocks, 0) == 0 ? SIDE_B : SIDE_A; /* as trial_slot() has it */
        while (at < all->n && all->list[at].side != begins)
            at++;
        if (at + TURNS > all->n)
            break;
        keep_turns(t, &all->list[at]);
        at += TURNS;
    }
    t->blocks -= t->blocks % 2;
}

static void judge(struct series *s, struct trial *t, struct results *all)
{
    size_t values = all->n;

    s->repeats = 1;
    keep_loose(all, t);
    join_stretches(all, t->measures.n);
    if (all->ordered)
        keep_blocks(all, t);
    t->rule = rule_within(s->margin, t->measures.n, t->blocks);
    size_t needed = t->rule.looks[0];
    if (t->blocks >= needed)
        snprintf(s->note, sizeof s->note,
                 "%zu blocks out of %zu values that took turns; differences under %.3g %% do not "
                 "count.",
                 t->blocks, values, s->margin * 100);
    else if (all->ordered && all->n > 2)
        snprintf(s->note, sizeof s->note,
                 "A and B took turns %zu times; from about %zu times on what varies can be "
                 "judged.\nUntil then only numbers that never vary are.",
                 all->n / 2, needed * (TURNS + 1) / 2);
    else
        snprintf(s->note, sizeof s->note,
                 "These runs did not take turns, as far as can be seen: what the machine did\n"
                 "meanwhile is in the difference, and more of them would not show how much.\n"
                 "Only numbers that never vary are judged.");
}

int results_read(struct series *s, const char *const file[SIDES], const char *const name[SIDES])
{
    struct results all = { .ordered = !file[SIDE_B] };
    struct trial *t = series_add(s);
    const char *const only_a[SIDES] = { name[SIDE_A] }, *const only_b[SIDES] = { NULL,
                                                                                 name[SIDE_B] };
    int status;

    if (!t)
        return 1;
    t->measures.n = 0;
    t->command[SIDE_A].text = name[SIDE_A];
    t->command[SIDE_B].text = name[SIDE_B];
    status = read_file(&all, &t->measures, file[SIDE_A], file[SIDE_B] ? only_a : name);
    if (status == 0 && file[SIDE_B])
        status = read_file(&all, &t->measures, file[SIDE_B], only_b);
    drop_gaps(&all, &t->measures);
    if (status == 0 && t->measures.n == 0)
        status = ab_complain("the results of %s and %s have no measure in common", name[SIDE_A],
                             name[SIDE_B]);
    if (status == 0)
        judge(s, t, &all);
    free(all.list);
    return status;
}
