/* SPDX-License-Identifier: MIT */
/* compare.c - runs side by side: which labels and verdicts differ, and by how much the times.
 *
 * Sayings whose labels differ come first.  What machines, compilers and commits the runs are of is
 * said above all. */
#include "cmd/args.h"
#include "cmd/commands.h"
#include "say/sentences.h"
#include "show/charts.h"
#include "show/comparison.h"
#include "show/wrap_text.h"
#include "store/whole_file.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char letter(size_t run)
{
    return (char)('A' + run);
}

/* --- on the terminal, 80 columns --- */

static const char *fact(const struct saved_run *p, const char *name)
{
    return json_string_value(json_object_get(p->machine, name)) ?: "";
}

static void print_run(const struct comparison *c, size_t run)
{
    const struct saved_run *p = &c->runs[run];
    char line[400];

    printf("%c  ", letter(run));
    snprintf(line, sizeof line, "%.40s: %.60s, %lld cores, Linux %.40s, %.40s, commit %.12s%s",
             p->name, fact(p, "cpu"), json_integer_value(json_object_get(p->machine, "cores")),
             fact(p, "kernel"), fact(p, "compiler"), fact(p, "commit"),
             json_is_true(json_object_get(p->machine, "modified")) ? " and changes" : "");
    wrap_print(stdout, line, 3);
}

/* A fact that none of them has is no difference. */
static bool is_different(const struct comparison *c, const char *name)
{
    const json_t *first = json_object_get(c->runs[0].machine, name);

    for (size_t i = 1; i < c->nruns; i++) {
        const json_t *other = json_object_get(c->runs[i].machine, name);
        if (first != other && !json_equal(first, other))
            return true;
    }
    return false;
}

static void print_differences(const struct comparison *c)
{
    char line[160] = "different:";
    static const char *const names[] = { "cpu",   "cores", "kernel", "compiler",
                                         "flags", "go",    "commit", "margin" };
    size_t first = strlen(line), n = first;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_different(c, names[i]))
            n += (size_t)snprintf(line + n, sizeof line - n, " %s", names[i]);
    if (n == first)
        snprintf(line + n, sizeof line - n, " nothing but the time of day");
    wrap_print(stdout, line, 0);
}

static void print_head(const struct comparison *c)
{
    for (size_t i = 0; i < c->nruns; i++)
        print_run(c, i);
    print_differences(c);
    printf("differences up to %.0f %% do not count\n", 100 * c->margin);
    for (size_t i = 0; i < c->nleft_out; i++)
        printf("%s %s\n", i ? "         " : "left out:", c->left_out[i]);
    if (c->nleft_out > 0) {
        printf("          ");
        wrap_print(stdout, "its claims or its parameter are not the same in all of them", 10);
    }
}

/* "leaks/range-unclosed tasks", in Go "... tasks, go". */
static void name_of(const struct verdict *v, char *to, size_t bytes)
{
    bool c = v->executor == executor_c();

    if (verdict_is_control(v))
        snprintf(to, bytes, "control: the same code twice%s%s", c ? "" : ", ",
                 c ? "" : v->executor->name);
    else
        snprintf(to, bytes, "%s %s%s%s", v->tip, v->column, c ? "" : ", ",
                 c ? "" : v->executor->name);
}

static void print_found(const struct verdict_row *row)
{
    const struct verdict *v = &row->v;
    char found[80];

    if (verdict_is_time(v) && !isnan(v->ratio))
        snprintf(found, sizeof found, "%8.*fx (%.2f to %.2f)", v->ratio < 100 ? 2 : 0, v->ratio,
                 v->lo, v->hi);
    else if (verdict_is_time(v))
        snprintf(found, sizeof found, "not timed");
    else
        snprintf(found, sizeof found, "bad %.24s, good %.20s", row->bad, row->good);
    printf(wrap_is_narrow() ? "%s\n     " : "%-52.52s ", found);
}

static void print_row(const struct comparison *c, const struct row *r)
{
    char name[128];

    name_of(&r->in[0]->v, name, sizeof name);
    wrap_line(2, "%s%s", name, r->apart ? ": the intervals lie apart" : "");
    for (size_t i = 0; i < c->nruns; i++) {
        printf("  %c  ", letter(i));
        print_found(r->in[i]);
        printf("%s\n", finding_word(r->finding[i]));
    }
}

static bool has_changed(const struct row *r)
{
    return r->changed;
}

static bool is_other_time(const struct row *r)
{
    return !r->changed && verdict_is_time(&r->in[0]->v);
}

static size_t count_rows(const struct comparison *c, bool (*wanted)(const struct row *r))
{
    size_t n = 0;

    for (size_t i = 0; i < c->nrows; i++)
        n += wanted(&c->rows[i]);
    return n;
}

static void print_rows(const struct comparison *c, bool (*wanted)(const struct row *r))
{
    for (size_t i = 0; i < c->nrows; i++)
        if (wanted(&c->rows[i]))
            print_row(c, &c->rows[i]);
}

/* --- the labels of the sayings --- */

/* Do these runs say something else of this tip?  A run without a label of it says nothing. */
static bool label_differs(const struct comparison *c, const char *tip)
{
    const struct saying *first = NULL;

    for (size_t i = 0; i < c->nruns; i++) {
        const struct saying *s = saved_labels_find(&c->labels[i], tip);
        if (s && first && (s->label != first->label || strcmp(s->on, first->on) != 0))
            return true;
        first = first ? first : s;
    }
    return false;
}

static void print_labels_of(const struct comparison *c, const char *tip)
{
    printf("%s\n", tip);
    for (size_t i = 0; i < c->nruns; i++) {
        const struct saying *s = saved_labels_find(&c->labels[i], tip);
        char words[3 * SENTENCE_BYTES] = "the run gave none", line[sizeof words + 128];
        if (s)
            saying_sentence(s, words, sizeof words);
        snprintf(line, sizeof line, "%s%s%s: %s", s ? label_word(s->label) : "no label",
                 s && s->on[0] ? " on " : "", s ? s->on : "", words);
        printf("  %c  ", letter(i));
        wrap_print(stdout, line, 5);
    }
}

static void print_labels(const struct comparison *c)
{
    size_t n = 0, differ = 0;

    for (size_t i = 0; i < c->labels[0].n; i++, n++)
        differ += label_differs(c, c->labels[0].sayings[i].tip);
    if (n == 0)
        return;
    printf("\nsayings that got another label: %zu of %zu\n", differ, n);
    for (size_t i = 0; i < n; i++)
        if (label_differs(c, c->labels[0].sayings[i].tip))
            print_labels_of(c, c->labels[0].sayings[i].tip);
}

static void print_comparison(const struct comparison *c)
{
    size_t changed = count_rows(c, has_changed);

    print_head(c);
    print_labels(c);
    printf("\nverdicts that changed: %zu of %zu\n", changed, c->nrows);
    print_rows(c, has_changed);
    if (count_rows(c, is_other_time) > 0)
        printf("\ntimes of which the verdict is the same\n");
    print_rows(c, is_other_time);
}

/* --- for the chart --- */

static json_t *number_json(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

static json_t *cell_json(const struct row *r, size_t run)
{
    const struct verdict *v = &r->in[run]->v;

    return json_pack("{ss sf so so so}", "verdict", finding_word(r->finding[run]), "n",
                     (double)v->n, "ratio", number_json(v->ratio), "lo", number_json(v->lo), "hi",
                     number_json(v->hi));
}

static json_t *row_json(const struct comparison *c, const struct row *r)
{
    json_t *cells = json_array();
    char name[128];

    name_of(&r->in[0]->v, name, sizeof name);
    for (size_t i = 0; i < c->nruns; i++)
        json_array_append_new(cells, cell_json(r, i));
    return json_pack("{ss ss sb sb sb so}", "name", name, "kind", kind_word(r->in[0]->v.kind),
                     "null", verdict_is_control(&r->in[0]->v), "changed", r->changed, "apart",
                     r->apart, "runs", cells);
}

/* { tip: "myth" }; empty of a run from before the labels. */
static json_t *labels_json(const struct saved_labels *l)
{
    json_t *said = json_object();

    for (size_t i = 0; i < l->n; i++)
        if (l->sayings[i].label != LABEL_NONE)
            json_object_set_new(said, l->sayings[i].tip,
                                json_string(label_word(l->sayings[i].label)));
    return said;
}

static json_t *comparison_json(const struct comparison *c)
{
    json_t *runs = json_array(), *rows = json_array();

    for (size_t i = 0; i < c->nruns; i++)
        json_array_append_new(runs,
                              json_pack("{ss sO so}", "name", c->runs[i].name, "machine",
                                        c->runs[i].machine, "labels", labels_json(&c->labels[i])));
    for (size_t i = 0; i < c->nrows; i++)
        json_array_append_new(rows, row_json(c, &c->rows[i]));
    return json_pack("{sf so so}", "margin", c->margin, "runs", runs, "rows", rows);
}

/* results/compare/A..B, in the results folder of the first. */
static int make_folder(const struct comparison *c, char path[PATH_MAX])
{
    int n = snprintf(path, PATH_MAX, "%s/compare", saved_run_results(c->runs[0].folder));

    mkdir(path, 0755);
    for (size_t i = 0; i < c->nruns && n < PATH_MAX - NAME_MAX; i++)
        n += snprintf(path + n, (size_t)(PATH_MAX - n), "%s%.40s", i ? ".." : "/", c->runs[i].name);
    return mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

static bool can_be_drawn(const struct row *r)
{
    return verdict_is_time(&r->in[0]->v) && isfinite(r->in[0]->v.ratio);
}

static int draw(const struct comparison *c)
{
    char folder[PATH_MAX], path[PATH_MAX + 32];
    const char *args[] = { folder, NULL };
    int error = 0;

    if (count_rows(c, can_be_drawn) == 0)
        return 0;
    error = make_folder(c, folder);
    if (error) {
        fprintf(stderr, "twinbench: cannot make folder %s for the chart: %s\n", folder,
                strerror(-error));
        return error;
    }
    json_t *o = comparison_json(c);
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    snprintf(path, sizeof path, "%s/comparison.json", folder);
    error = text ? whole_file_replace(path, text, strlen(text)) : -ENOMEM;
    json_decref(o);
    free(text);
    snprintf(path, sizeof path, "%s/.render", folder);
    if (!error)
        error = charts_draw("render.py", args, path);
    if (!error)
        printf("\nchart: %s/charts/compare.svg\n", folder);
    return error;
}

/* --- the command --- */

int cmd_compare(int argc, char **argv)
{
    const char *words[MAX_RUNS];
    bool no_chart = false;
    const struct arg flags[] = {
        { "--no-chart", ARG_FLAG, &no_chart, 0, 0, "only print, write nothing" },
    };
    const struct args args = { "compare RUN RUN... [--no-chart]",
                               "Set two to six runs side by side: folders, or names in results/.",
                               flags,
                               1,
                               words,
                               2,
                               MAX_RUNS };
    struct comparison c = { 0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    int error = comparison_open(&c, words, (size_t)n);
    if (!error)
        error = comparison_judge(&c);
    if (!error)
        print_comparison(&c);
    if (!error && !no_chart)
        error = draw(&c);
    comparison_close(&c);
    return error ? 1 : 0;
}
