/* SPDX-License-Identifier: MIT */
/* output.c - print the answers as text, Markdown, JSON or JUnit. */
#include "ab/output.h"

#include "say/units.h"
#include "inside/csv.h"
#include "show/wrap_text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { TEXT = 48, LONG = 4 * TEXT, LINE = 2 * LONG, NAME = 15, LAST = 47 };

/* "12.1 ms", "5000", and what a program counts in bytes to the byte, if the column has room. */
static void quantity(const struct measure *m, double v, char text[TEXT])
{
    struct scale s = scale_for(m->unit, v);
    bool whole = v == rint(v), bytes = !m->read && m->unit[0] == 'B';

    if (bytes && v < 1e7 && (whole || v > 1000))
        snprintf(text, TEXT, "%.0f B", v);
    else if (m->unit[0])
        snprintf(text, TEXT, m->read ? "%.3g %s" : "%.4g %s", v / s.by, s.word);
    else
        snprintf(text, TEXT, whole ? "%.0f" : "%.6g", v);
}

/* "+10.4 %", and from ten times on "12.3 times" */
static void change(double ratio, char text[TEXT])
{
    if (ratio >= 10)
        snprintf(text, TEXT, "%.3g times", ratio);
    else
        snprintf(text, TEXT, "%+.1f %%", (ratio - 1) * 100);
}

/* "+10.4 % (+8.9 % to +12.1 %)", "in every run" */
static void difference(const struct trial *t, const struct answer *a, char text[LONG])
{
    char mid[TEXT], lo[TEXT], hi[TEXT];

    text[0] = '\0';
    if (a->exact && !(a->a > 0)) {
        snprintf(text, LONG, "in every run");
    } else if (a->exact) {
        change(a->b / a->a, mid);
        snprintf(text, LONG, a->a == a->b ? "in every run" : "%s in every run", mid);
    } else if (!(a->a > 0 && a->b > 0) || (!a->judged && t->blocks)) {
        snprintf(text, LONG, "not all are above 0: no ratio");
    } else if (a->pair.blocks == 0 && t->loose[SIDE_A].n) {
        change(a->b / a->a, mid);
        snprintf(text, LONG, "%s between the medians", mid);
    } else if (a->pair.blocks == 0) {
        snprintf(text, LONG, "too few blocks");
    } else {
        change(a->pair.ratio, mid);
        change(a->pair.lo, lo);
        change(a->pair.hi, hi);
        snprintf(text, LONG, "%s (%s to %s)", mid, lo, hi);
    }
}

static bool control_failed(const struct answer *a)
{
    return !a->exact && a->judged && a->control.blocks > 0 && a->control.relation != REL_SAME;
}

static const char *output_words(const struct trial *t)
{
    const struct output *a = &t->output[SIDE_A], *b = &t->output[SIDE_B];

    if (!t->same_work)
        return "";
    if (a->varies || b->varies)
        return a->varies && b->varies ? "What they print changes from run to run."
               : a->varies            ? "What A prints changes from run to run."
                                      : "What B prints changes from run to run.";
    return a->hash == b->hash ? "Both print the same in every run."
                              : "A and B print different things: is it the same work?";
}

/* Only of a benchmark with many metrics of its own. */
static void left_out(FILE *out, const struct trial *t)
{
    if (t->measures.left_out)
        fprintf(out, "\nWhat more it reports is left out: a pair has room for %d measures.\n",
                MEASURES_MAX);
}

/* "12 blocks, 96 runs in 8 s; differences under 5 % do not count." */
static void amount(FILE *out, const struct series *s)
{
    char text[LINE];

    if (s->note[0]) {
        wrap_print(out, s->note, 0);
        return;
    }
    snprintf(text, sizeof text,
             "%zu %s, %zu runs in %.*f s%s; differences under %.3g %% do not count.",
             s->n == 1 ? s->trial[0]->blocks : s->n, s->n == 1 ? "blocks" : "pairs", series_runs(s),
             s->spent_ns < 10e9 ? 1 : 0, s->spent_ns / 1e9, s->interrupted ? ", interrupted" : "",
             s->margin * 100);
    wrap_print(out, text, 0);
    if (s->n > 1)
        wrap_print(out, "In 99 % of such trials no word about any of the pairs is false.", 0);
}

/* --- a terminal --- */

/* A name that would push the numbers aside has a line of its own. */
static void text_name(FILE *out, const char *name)
{
    bool is_long = strlen(name) > NAME;

    if (is_long)
        fprintf(out, "%s\n", name);
    fprintf(out, "%-*s", NAME, is_long ? "" : name);
}

/* Below the row that it is about. */
static void text_note(FILE *out, const struct answer *a)
{
    char text[LINE];

    if (control_failed(a))
        snprintf(text, sizeof text, "A against itself: %.2f (%.2f to %.2f), so nothing is said",
                 a->control.ratio, a->control.lo, a->control.hi);
    else if (a->less[SIDE_A] || a->less[SIDE_B])
        snprintf(text, sizeof text, "%s or less: twinbench itself uses as much",
                 a->less[SIDE_A] && a->less[SIDE_B] ? "both"
                 : a->less[SIDE_A]                  ? "A is that"
                                                    : "B is that");
    else
        return;
    fprintf(out, "    ");
    wrap_print(out, text, 4);
}

static void text_row(FILE *out, const struct trial *t, size_t i)
{
    const struct measure *m = &t->measures.list[i];
    struct answer a = trial_answer(t, i);
    char of_a[TEXT], of_b[TEXT], words[LONG], line[LINE];

    quantity(m, a.a, of_a);
    quantity(m, a.b, of_b);
    difference(t, &a, words);
    if (wrap_is_narrow()) {
        fprintf(out, "%s\n  ", m->name);
        snprintf(line, sizeof line, "%s: %s; A %s, B %s", said_word(a.said), words, of_a, of_b);
        wrap_print(out, line, 2);
    } else {
        text_name(out, m->name);
        fprintf(out, " %9s %9s  %-9s ", of_a, of_b, said_word(a.said));
        wrap_print(out, words, LAST);
    }
    text_note(out, &a);
}

static void text_pair(FILE *out, const struct trial *t)
{
    fprintf(out, "A: %s\nB: %s\n\n", command_title(&t->command[SIDE_A]),
            command_title(&t->command[SIDE_B]));
    if (!wrap_is_narrow())
        fprintf(out, "%-*s %9s %9s  %-9s %s\n", NAME, "", "A", "B", "verdict", "B against A");
    for (size_t i = 0; i < t->measures.n; i++)
        text_row(out, t, i);
    left_out(out, t);
    fprintf(out, "%s", t->same_work ? "\n" : "");
    wrap_print(out, output_words(t), 0);
}

void say_text(FILE *out, const struct series *s)
{
    char text[LINE];

    for (size_t i = 0; i < s->n; i++)
        text_pair(out, s->trial[i]);
    amount(out, s);
    struct answer first = trial_answer(s->trial[0], 0);
    snprintf(text, sizeof text, "A difference of %.*f %% in %s would have been found.",
             first.pair.resolves < 0.1 ? 1 : 0, first.pair.resolves * 100,
             s->trial[0]->measures.list[0].name);
    if (s->n == 1 && isfinite(first.pair.resolves) && first.pair.blocks)
        wrap_print(out, text, 0);
}

/* --- a comment --- */

/* A bar would end the cell. */
static void markdown(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out, "%s", *text == '|' ? "\\|" : (char[]){ *text, '\0' });
}

/* And a backquote the code. */
static void markdown_code(FILE *out, const char *text)
{
    fputs("`` ", out);
    markdown(out, text);
    fputs(" ``", out);
}

static void markdown_pair(FILE *out, const struct trial *t)
{
    char of_a[TEXT], of_b[TEXT], words[LONG];

    fputs("| | A: ", out);
    markdown_code(out, command_title(&t->command[SIDE_A]));
    fputs(" | B: ", out);
    markdown_code(out, command_title(&t->command[SIDE_B]));
    fputs(" | verdict | B against A |\n|---|---|---|---|---|\n", out);
    for (size_t i = 0; i < t->measures.n; i++) {
        const struct measure *m = &t->measures.list[i];
        struct answer a = trial_answer(t, i);
        quantity(m, a.a, of_a);
        quantity(m, a.b, of_b);
        difference(t, &a, words);
        fputs("| ", out);
        markdown(out, m->name);
        fprintf(out, " | %s | %s | **%s** | %s |\n", of_a, of_b, said_word(a.said),
                control_failed(&a) ? "A against itself did not come out the same" : words);
    }
    fputc('\n', out);
    left_out(out, t);
    fprintf(out, "%s%s", output_words(t), t->same_work ? "\n\n" : "");
}

void say_markdown(FILE *out, const struct series *s)
{
    for (size_t i = 0; i < s->n; i++)
        markdown_pair(out, s->trial[i]);
    amount(out, s);
}

/* --- programs --- */

static json_t *number(double d)
{
    return isfinite(d) ? json_real(d) : json_null();
}

static json_t *json_decision(const struct decision *d)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:f}", "relation", relation_word(d->relation), "ratio",
                     number(d->blocks ? d->ratio : NAN), "lo", number(d->blocks ? d->lo : NAN),
                     "hi", number(d->blocks ? d->hi : NAN), "confidence", d->confidence);
}

static json_t *json_values(const struct trial *t, size_t measure, int set)
{
    json_t *blocks = json_array();

    for (size_t b = 0; b < t->blocks; b++) {
        const double *v = t->value[measure][set][b];
        json_array_append_new(blocks, json_pack("[f, f, f, f]", v[0], v[1], v[2], v[3]));
    }
    return blocks;
}

static json_t *json_measure(const struct trial *t, size_t i)
{
    const struct measure *m = &t->measures.list[i];
    struct answer a = trial_answer(t, i);

    json_t *o =
        json_pack("{s:s, s:s, s:s, s:b, s:o, s:o}", "name", m->name, "unit", m->unit, "word",
                  said_word(a.said), "exact", a.exact, "a", number(a.a), "b", number(a.b));
    if (a.judged) {
        json_object_set_new(o, "b_against_a", json_decision(&a.pair));
        json_object_set_new(o, "a_against_a", json_decision(&a.control));
    }
    json_object_set_new(o, "pair", json_values(t, i, SET_PAIR));
    json_object_set_new(o, "control", json_values(t, i, SET_CONTROL));
    return o;
}

static json_t *json_pair(const struct trial *t)
{
    json_t *measures = json_array();

    for (size_t i = 0; i < t->measures.n; i++)
        json_array_append_new(measures, json_measure(t, i));
    return json_pack("{s:s, s:s, s:I, s:s, s:o, s:b}", "a", command_title(&t->command[SIDE_A]), "b",
                     command_title(&t->command[SIDE_B]), "blocks", (json_int_t)t->blocks, "output",
                     output_words(t), "measures", measures, "left_out", t->measures.left_out);
}

void say_json(FILE *out, const struct series *s)
{
    json_t *pairs = json_array();

    for (size_t i = 0; i < s->n; i++)
        json_array_append_new(pairs, json_pair(s->trial[i]));
    json_t *o =
        json_pack("{s:f, s:f, s:b, s:s, s:o}", "margin", s->margin, "seconds", s->spent_ns / 1e9,
                  "interrupted", s->interrupted, "note", s->note, "pairs", pairs);
    if (o)
        json_dumpf(o, out, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    fputc('\n', out);
    json_decref(o);
}

static void xml(FILE *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '&': fputs("&amp;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
        }
}

static void junit_case(FILE *out, const struct trial *t, size_t i, const bool fail_on[SAID_WORDS])
{
    struct answer a = trial_answer(t, i);
    char words[LONG];

    difference(t, &a, words);
    fputs("  <testcase classname=\"", out);
    xml(out, command_title(&t->command[SIDE_B]));
    fputs("\" name=\"", out);
    xml(out, t->measures.list[i].name);
    fputs("\">", out);
    if (fail_on[a.said]) {
        fprintf(out, "<failure message=\"%s: ", said_word(a.said));
        xml(out, words);
        fputs("\"/>", out);
    }
    fputs("</testcase>\n", out);
}

void say_junit(FILE *out, const struct series *s, const bool fail_on[SAID_WORDS])
{
    size_t failures = 0, cases = 0;

    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < s->trial[p]->measures.n; i++, cases++)
            failures += fail_on[trial_answer(s->trial[p], i).said];
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuite name=\"twinbench ab\" tests=\"%zu\" failures=\"%zu\" time=\"%.3f\">\n",
            cases, failures, s->spent_ns / 1e9);
    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < s->trial[p]->measures.n; i++)
            junit_case(out, s->trial[p], i, fail_on);
    fputs("</testsuite>\n", out);
}
