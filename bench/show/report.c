/* SPDX-License-Identifier: MIT */
/* report.c - a run once more, for a browser or for other programs.
 *
 * gobench is the text of Go's benchmarks, a line for each timed process, so that
 * benchstat compares the twins with its own statistics:
 *
 *     twinbench report --format gobench > run.txt; benchstat -col /twin run.txt
 *
 * markdown is a summary for a pull request's comment: the headline, and a line for each
 * saying.
 *
 * gbench and csv are files of the run as they stand: Google Benchmark's JSON, which
 * its compare.py reads, and the verdicts. */
#include "show/report.h"

#include "cmd/args.h"
#include "inside/drive.h"
#include "store/saved_calibration.h"
#include "show/charts.h"
#include "show/saved_labels.h"
#include "cmd/commands.h"
#include "store/saved_run.h"
#include "store/store.h"
#include "store/whole_file.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- html --- */

int report_draw(const char *results, const char *folder, const char *said)
{
    char path[PATH_MAX];
    const char *args[4] = { folder };

    snprintf(path, sizeof path, "%s/machine.json", folder);
    json_t *facts = whole_file_json(path, NULL);
    json_t *c = saved_calibration_find(results, facts);
    const char *says = saved_calibration_says(c, facts);
    if (says) {
        args[1] = "--says";
        args[2] = says;
    }
    int error = charts_draw("render.py", args, said);
    json_decref(c);
    json_decref(facts);
    return error;
}

static int report_html(const char *folder)
{
    char said[PATH_MAX];

    if (strlen(folder) + sizeof "/.render" > sizeof said)
        return 1;
    stpcpy(stpcpy(said, folder), "/.render");
    int error = report_draw(saved_run_results(folder), folder, said);
    if (error == -ENOENT)
        fprintf(stderr, "twinbench: no plots/render.py beside this program, so no report\n");
    if (error == 0)
        printf("%s/report.html\n", folder);
    return error ? 1 : 0;
}

/* --- Go's benchmark text --- */

static void print_fact(const json_t *facts, const char *name, const char *as)
{
    const char *words = json_string_value(json_object_get(facts, name));

    if (words && words[0])
        printf("%s: %s\n", as, words);
}

/* The architectures that Go calls by another name than the kernel. */
static const char *goarch(const char *arch)
{
    return strcmp(arch, "x86_64") == 0 ? "amd64" : strcmp(arch, "aarch64") == 0 ? "arm64" : arch;
}

/* Lines about all that follow.  C, C on another heap and Go are different packages to
 * benchstat, and so tables of their own. */
static void print_head(const json_t *facts, const struct executor *x)
{
    const char *arch = json_string_value(json_object_get(facts, "arch"));

    printf("goos: linux\ngoarch: %s\npkg: twinbench/%s\n", goarch(arch ? arch : ""), x->name);
    print_fact(facts, "cpu", "cpu");
    if (x->language == LANGUAGE_GO)
        print_fact(json_object_get(json_object_get(facts, "go_builds"), x->name), "version",
                   "toolchain");
    else
        print_fact(facts, "compiler", "toolchain");
    print_fact(facts, "commit", "commit");
}

/* Print the columns that the tip claims something about, where this process has a number for
 * them. */
static void print_counts(const struct sample *s)
{
    const struct entry *e = tip_find(s->tip);

    for (size_t i = 0; e && i < tip_claims(e->tip); i++) {
        const struct column *c = column_find(e->tip->claims[i].column);
        bool counts = c && (c->kind == EXACT || c->kind == BOUNDED);
        if (counts && !isnan(column_value(c, s)))
            printf(" %.0f %s", column_value(c, s), c->name);
    }
}

static void print_line(const struct sample *s)
{
    printf("BenchmarkTwin/%s/twin=%s-%" PRId64 " %" PRId64 " %.6g ns/op %.6g cpu-ns/op "
           "%.0f rss-B",
           s->tip, role_word(s->twin), s->workers, TIMED_BATCHES * s->ops, s->wall_ns, s->cpu_ns,
           s->rss_bytes);
    print_counts(s);
    printf("\n");
}

/* Print the timed processes of one executor; is there any? */
static bool print_by(const json_t *facts, const struct executor *x, const struct sample *samples,
                     size_t n)
{
    bool head = false;

    for (size_t i = 0; i < n; i++) {
        const struct sample *s = &samples[i];
        if (s->kind != KIND_TIME || s->lang != x || s->outcome != OUTCOME_OK)
            continue;
        if (!head)
            print_head(facts, x);
        head = true;
        print_line(s);
    }
    return head;
}

static int report_gobench(const char *folder)
{
    char path[PATH_MAX + 16];
    struct sample *samples;
    bool any = false;
    size_t n;

    snprintf(path, sizeof path, "%s/machine.json", folder);
    json_t *facts = whole_file_json(path, NULL);
    snprintf(path, sizeof path, "%s/samples.csv", folder);
    int error = store_read_file(path, &samples, &n);
    if (!error) {
        for (size_t k = 0; k < nexecutors(); k++)
            any |= print_by(facts, executor_at(k), samples, n);
        free(samples);
        if (!any)
            fprintf(stderr, "twinbench: no timed process stands in %s\n", path);
    }
    json_decref(facts);
    return any ? 0 : 1;
}

/* --- markdown --- */

/* Print the text of a cell of a table, where a bar would end the cell. */
static void print_cell(const char *words)
{
    for (; *words; words++)
        printf("%s%c", *words == '|' ? "\\" : "", *words);
    printf(" |");
}

static void print_saying(const struct saying *s)
{
    const char *quote = saying_quote(s);
    char words[SENTENCE_BYTES * 3], said[1024];

    saying_sentence(s, words, sizeof words);
    printf("| %s%s%s | ", label_word(s->label), s->on[0] ? " on " : "", s->on);
    if (quote) {
        snprintf(said, sizeof said, "“%s” `%s`", quote, s->tip);
        print_cell(said);
    } else
        printf("`%s` |", s->tip);
    putchar(' ');
    print_cell(words);
    putchar('\n');
}

static int report_markdown(const char *folder)
{
    struct saved_labels l;
    char text[200];

    if (saved_labels_read(folder, &l) != 0 || l.n == 0) {
        saved_labels_free(&l);
        fprintf(stderr,
                "twinbench: no labels in %s: it is not complete, or from before sayings got "
                "labels; measure again\n",
                folder);
        return 1;
    }
    headline(l.sayings, l.n, text, sizeof text);
    printf("**%s**\n\n"
           "A saying is what people repeat; bad makes the mistake that it is about, good does "
           "not.\n\n"
           "| it is | what people say | what was measured |\n|---|---|---|\n",
           text);
    for (size_t i = 0; i < l.n; i++)
        print_saying(&l.sayings[i]);
    saved_labels_free(&l);
    return 0;
}

/* --- files as they stand --- */

static int report_file(const char *folder, const char *name)
{
    char path[PATH_MAX + 16];
    size_t length;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = whole_file_read(path, &length);
    if (!bytes) {
        fprintf(stderr,
                "twinbench: no %s in %s: the run did not get so far; go on with it: make "
                "bench RESUME=1\n",
                name, folder);
        return 1;
    }
    fwrite(bytes, 1, length, stdout);
    free(bytes);
    return 0;
}

static int report_gbench(const char *folder)
{
    return report_file(folder, "gbench.json");
}

static int report_csv(const char *folder)
{
    return report_file(folder, "verdicts.csv");
}

/* --- the command --- */

static const struct format {
    const char *name;
    int (*report)(const char *folder);
} formats[] = { { "html", report_html },
                { "markdown", report_markdown },
                { "gobench", report_gobench },
                { "gbench", report_gbench },
                { "csv", report_csv } };

static const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    fprintf(stderr,
            "twinbench: --format must be html, markdown, gobench, gbench or csv, not '%.60s'\n",
            name);
    return NULL;
}

int cmd_report(int argc, char **argv)
{
    const char *words[1], *name = "html";
    char folder[PATH_MAX];
    const struct arg flags[] = {
        { "--format", ARG_WORD, &name, 0, 0,
          "html, markdown, gobench, gbench or csv (html: into the run)" },
    };
    const struct args args = { "report [RUN] [--format html|markdown|gobench|gbench|csv]",
                               "Draw the report of a run again, or print it for other programs.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               0,
                               1 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    const struct format *format = format_find(name);
    if (!format)
        return 2;
    if (saved_run_find(words[0], folder) != 0)
        return 1;
    int status = format->report(folder);
    if (fflush(stdout) == 0)
        return status;
    fprintf(stderr, "twinbench: writing to standard output: %s\n", strerror(errno));
    return 1;
}
