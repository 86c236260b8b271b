/* SPDX-License-Identifier: MIT */
/* tables.c - what was found, as the tables that a run leaves. */
#include "store/tables.h"

#include "store/schema.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* An empty field for a number that is none. */
static void write_number(FILE *out, const char *format, double x)
{
    if (isfinite(x))
        fprintf(out, format, x);
}

static void write_verdict(FILE *out, const struct verdict *v)
{
    fprintf(out, "%s,%zu,%s,%s,", v->tip, v->claim, v->column, v->kind);
    csv_write_words(out, v->bad);
    fputc(',', out);
    csv_write_words(out, v->good);
    fputc(',', out);
    write_number(out, "%.5g", v->ratio);
    fputc(',', out);
    write_number(out, "%.5g", v->lo);
    fputc(',', out);
    write_number(out, "%.5g", v->hi);
    fprintf(out, ",%s,%s,%s,%zu,", finding_word(v->finding), finding_word(v->expected), v->lang,
            v->n);
    csv_write_words(out, v->note);
    fputc('\n', out);
}

static void write_verdicts(FILE *out, const struct findings *f)
{
    schema_header(out, "verdicts.csv");
    for (size_t i = 0; i < f->nverdicts; i++)
        write_verdict(out, &f->verdicts[i]);
}

static void write_times(FILE *out, const struct findings *f)
{
    schema_header(out, "times.csv");
    for (size_t i = 0; i < f->npairings; i++) {
        const struct pairing *p = &f->pairings[i];
        const struct decision *d = &p->decision;
        fprintf(out, "%s,%s,%.5g,%.5g,%.5g,%s,%zu,%.3g,%d\n", p->tip, p->lang, d->ratio, d->lo,
                d->hi, relation_word(d->relation), d->blocks, d->resolves, p->claimed);
    }
}

static void write_slopes(FILE *out, const struct findings *f)
{
    schema_header(out, "slopes.csv");
    for (size_t i = 0; i < f->nmemories; i++) {
        const struct memory *m = &f->memories[i];
        fprintf(out, "%s,%s,%s,%.2f,", m->tip, m->twin, m->lang, m->growth.all.mid);
        write_number(out, "%.2f", m->growth.all.lo);
        fputc(',', out);
        write_number(out, "%.2f", m->growth.all.hi);
        fprintf(out, ",%s\n", trend_word(m->growth.trend));
    }
}

static void write_blocks(FILE *out, const struct findings *f)
{
    schema_header(out, "blocks.csv");
    for (size_t i = 0; i < f->nblocks; i++) {
        const struct timed *t = &f->blocks[i].timed;
        for (size_t b = 0; b < t->n; b++)
            fprintf(out, "%s,%s,%zu,%.6f,%.2f,%.2f,%.6f\n", f->blocks[i].tip, f->blocks[i].lang, b,
                    t->log_ratio[b], t->bad_ns[b], t->good_ns[b], t->cpu_log_ratio[b]);
    }
}

static const struct table {
    const char *name;
    void (*write)(FILE *out, const struct findings *f);
} tables[] = { { "blocks.csv", write_blocks },
               { "times.csv", write_times },
               { "slopes.csv", write_slopes },
               { "verdicts.csv", write_verdicts } };

/* A table is made in memory and stored whole. */
static int store_table(struct store *s, const struct table *t, const struct findings *f)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return -ENOMEM;
    t->write(out, f);
    int error = fclose(out) == 0 ? store_file(s, t->name, text, length) : -ENOMEM;
    free(text);
    return error;
}

int tables_store(struct store *s, const struct findings *f)
{
    int error = 0;

    for (size_t i = 0; !error && i < sizeof tables / sizeof tables[0]; i++)
        error = store_table(s, &tables[i], f);
    return error;
}
