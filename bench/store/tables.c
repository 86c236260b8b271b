/* SPDX-License-Identifier: MIT */
/* tables.c - what was found, as the tables that a run leaves.
 *
 * verdicts.csv is read again, by `compare`: one table of its columns serves writer, reader
 * and schema. */
#include "store/tables.h"

#include "say/sentences.h"
#include "store/schema.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* An empty field for a number that is none. */
static void write_number(FILE *out, const char *format, double x)
{
    if (isfinite(x))
        fprintf(out, format, x);
}

/* --- verdicts --- */

static const struct field {
    const char *name;
    enum {
        AS_WORDS,
        AS_CHARS,
        AS_KIND,
        AS_EXECUTOR,
        AS_OUTCOME,
        AS_TREND,
        AS_COUNT,
        AS_RATIO,
        AS_NUMBER,
        AS_FINDING
    } as;
    size_t offset, bytes; /* in struct verdict_row */
} fields[] = {
#define COLUMN(name, as, member, text)                                                             \
    { #name, as, offsetof(struct verdict_row, member), sizeof((struct verdict_row *)NULL)->member },
    VERDICT_COLUMNS(COLUMN)
#undef COLUMN
};
enum { NFIELDS = sizeof fields / sizeof fields[0] };

static void write_field(FILE *out, const struct field *f, const struct verdict_row *row)
{
    const void *at = (const char *)row + f->offset;

    switch (f->as) {
    case AS_WORDS: csv_write_words(out, *(const char *const *)at); break;
    case AS_CHARS: csv_write_words(out, at); break;
    case AS_KIND: fputs(kind_word(*(const enum kind *)at), out); break;
    case AS_EXECUTOR: fputs((*(const struct executor *const *)at)->name, out); break;
    case AS_OUTCOME: fputs(outcome_word(*(const enum outcome *)at), out); break;
    case AS_TREND: fputs(trend_word(*(const enum trend *)at), out); break;
    case AS_COUNT: fprintf(out, "%zu", *(const size_t *)at); break;
    case AS_RATIO: write_number(out, "%.5g", *(const double *)at); break;
    case AS_NUMBER: write_number(out, "%.10g", *(const double *)at); break;
    case AS_FINDING: fputs(finding_word(*(const enum finding *)at), out); break;
    }
}

static void write_verdict(FILE *out, const struct verdict *v)
{
    const struct result_words bad = result_words(&v->bad), good = result_words(&v->good);
    char sentence[SENTENCE_BYTES];

    verdict_sentence(v, sentence, sizeof sentence);
    const struct verdict_row row = { *v, bad.text, good.text, sentence };
    for (size_t i = 0; i < NFIELDS; i++) {
        write_field(out, &fields[i], &row);
        fputc(i + 1 < NFIELDS ? ',' : '\n', out);
    }
}

static void write_verdicts(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "verdicts.csv");
    for (size_t i = 0; i < f->nverdicts; i++)
        write_verdict(out, &f->verdicts[i]);
}

/* Read a number.  An empty field is a number that is not known; "inf", "nan" and words are no
 * numbers. */
static bool read_number(const char *text, double *to)
{
    *to = text ? csv_to_number(text) : NAN;
    return !text || !text[0] || isfinite(*to);
}

/* text: NULL if the table has no such column.  false: without it there is no verdict. */
static bool read_field(const struct field *f, const char *text, struct verdict_row *row)
{
    void *at = (char *)row + f->offset;
    char *end;

    switch (f->as) {
    case AS_WORDS: *(const char **)at = text ? text : ""; return true;
    case AS_CHARS: snprintf(at, f->bytes, "%s", text ? text : ""); return true;
    case AS_KIND: return words_read(&kind_words, text ? text : "", at);
    case AS_OUTCOME: return words_read(&outcome_words, text ? text : "", at);
    case AS_TREND: return words_read(&trend_words, text ? text : "", at);
    case AS_EXECUTOR: return text && (*(const struct executor **)at = executor_add(text)) != NULL;
    case AS_RATIO: return read_number(text, at) && !(*(double *)at < 0);
    case AS_NUMBER: return read_number(text, at);
    case AS_FINDING: return text && finding_find(text, at);
    case AS_COUNT: break;
    }
    *(size_t *)at = text ? strtoul(text, &end, 10) : 0;
    return text && end > text && !*end;
}

static bool read_verdict(const struct csv *t, struct verdict_row *row)
{
    for (size_t i = 0; i < NFIELDS; i++)
        if (!read_field(&fields[i], csv_field(t, fields[i].name), row))
            return false;
    return true;
}

int tables_read_verdicts(struct csv *t, struct verdict_row **rows, size_t *n)
{
    *n = 0;
    *rows = calloc(csv_most(t) + 1, sizeof **rows);
    if (!*rows)
        return -ENOMEM;
    while (csv_next(t)) {
        struct verdict_row *row = &(*rows)[*n];
        if (!read_verdict(t, row))
            csv_reject(t);
        else
            *n += row->v.finding != EMPTY;
    }
    return 0;
}

/* --- the others --- */

static void write_times(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "times.csv");
    for (size_t i = 0; i < f->npairings; i++) {
        const struct pairing *p = &f->pairings[i];
        const struct decision *d = &p->decision;
        fprintf(out, "%s,%s,%.5g,%.5g,%.5g,%s,%zu,%.3g,%d,%.7g,%zu,", p->tip, p->executor->name,
                d->ratio, d->lo, d->hi, relation_word(d->relation), d->blocks, d->resolves,
                p->claimed, d->confidence, p->spread.placements);
        write_number(out, "%.3g", p->spread.share);
        fputc('\n', out);
    }
}

static void write_curves(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "curves.csv");
    for (size_t i = 0; i < f->ncurves; i++) {
        const struct curve_point *p = &f->curves[i];
        fprintf(out, "%s,%s,%" PRIu64 ",%.5g,", p->tip, p->executor->name, p->size,
                exp(p->log_ratio.mid));
        write_number(out, "%.5g", exp(p->log_ratio.lo));
        fputc(',', out);
        write_number(out, "%.5g", exp(p->log_ratio.hi));
        fprintf(out, ",%.5g,%.5g,%zu\n", p->bad_ns, p->good_ns, p->blocks);
    }
}

static void write_slopes(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "slopes.csv");
    for (size_t i = 0; i < f->nmemories; i++) {
        const struct memory *m = &f->memories[i];
        fprintf(out, "%s,%s,%s,%.2f,", m->tip, role_word(m->twin), m->executor->name,
                m->growth.all.mid);
        write_number(out, "%.2f", m->growth.all.lo);
        fputc(',', out);
        write_number(out, "%.2f", m->growth.all.hi);
        fprintf(out, ",%s,%.0f\n", trend_word(m->growth.trend), m->growth.over);
    }
}

static void write_blocks(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "blocks.csv");
    for (size_t i = 0; i < f->nblocks; i++) {
        const struct timed *t = &f->blocks[i].timed;
        for (size_t b = 0; b < t->n; b++)
            fprintf(out, "%s,%s,%zu,%.6f,%.2f,%.2f,%.6f,%zu\n", f->blocks[i].tip,
                    f->blocks[i].executor->name, b, t->log_ratio[b], t->bad_ns[b], t->good_ns[b],
                    t->cpu_log_ratio[b], t->placement[b]);
    }
}

/* A line for each executor that ran the tip, then one without for the tip as a whole. */
static void write_labels(FILE *out, const void *findings)
{
    const struct findings *f = findings;

    schema_header(out, "labels.csv");
    for (size_t i = 0; i < f->nsayings; i++) {
        const struct saying *s = &f->sayings[i];
        fprintf(out, "%s,%s,%s,", s->tip, s->executor ? s->executor->name : "",
                label_word(s->label));
        csv_write_words(out, s->on);
        fputc(',', out);
        write_number(out, "%.5g", s->ratio);
        fputc(',', out);
        write_number(out, "%.5g", s->lo);
        fputc(',', out);
        write_number(out, "%.5g", s->hi);
        fputc(',', out);
        csv_write_words(out, s->said);
        fputc(',', out);
        csv_write_words(out, s->evidence);
        fputc('\n', out);
    }
}

static const struct table {
    const char *name;
    store_writer *write; /* of struct findings */
} tables[] = { { "blocks.csv", write_blocks }, { "times.csv", write_times },
               { "curves.csv", write_curves }, { "slopes.csv", write_slopes },
               { "labels.csv", write_labels }, { "verdicts.csv", write_verdicts } };

static void write_fact(FILE *out, const struct aged *a)
{
    const struct fact *f = a->fact;
    const char *by = f->probe ? f->probe : f->claim ? f->claim : "";
    enum answer expected = a->executor ? aged_expected(f, a->executor) : ANSWER_NONE;

    fprintf(out, "%s,%zd,", a->tip, f - tip_find(a->tip)->tip->aged);
    csv_write_words(out, f->what);
    fprintf(out, ",%s,%s,%s,%s,%s,%s,", f->since ? f->since : "", by,
            a->executor ? a->executor->name : "", answer_word(expected), answer_word(a->answer),
            standing_word(aged_standing(a)));
    csv_write_words(out, a->saw);
    fputc(',', out);
    csv_write_words(out, f->cited ? f->cited : "");
    fputc('\n', out);
}

struct facts {
    const struct aged *list;
    size_t n;
};

static void write_aged(FILE *out, const void *facts)
{
    const struct facts *f = facts;

    schema_header(out, "aged.csv");
    for (size_t i = 0; i < f->n; i++)
        write_fact(out, &f->list[i]);
}

int tables_store_aged(struct store *s, const struct aged *list, size_t n)
{
    return store_written(s, "aged.csv", write_aged, &(struct facts){ list, n });
}

int tables_store(struct store *s, const struct findings *f)
{
    int error = 0;

    for (size_t i = 0; !error && i < sizeof tables / sizeof tables[0]; i++)
        error = store_written(s, tables[i].name, tables[i].write, f);
    return error;
}
