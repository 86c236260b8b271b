/* SPDX-License-Identifier: MIT */
/* findings.c - judge tip by tip, in each language that was measured.
 *
 *   verdicts.csv  a line for each claim, the null pair first
 *   blocks.csv    a line for each complete block of timed processes
 *   times.csv     a line for each timed pair, also where nothing is claimed
 *   slopes.csv    a line for each twin whose memory was followed */
#include "decide/findings.h"

#include "decide/judge_time.h"
#include "process/lang.h"
#include "run/plan.h"
#include "store/schema.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What stands in the column `lang`. */
static const char *const measured_in[] = { "c", "c+glibc", "c+mimalloc", "go" };
enum { NMEASURED = sizeof measured_in / sizeof measured_in[0] };

/* What is judged, and from what. */
struct bench_view {
    const struct rule *rule;
    const struct sample *samples;
    size_t n;
    struct sample *along; /* those along the dial: what judge_count() is to see */
    size_t nalong;
};

static bool was_measured(const struct bench_view *v, const char *tip, const char *lang)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->samples[i].tip, tip) == 0 && strcmp(v->samples[i].lang, lang) == 0)
            return true;
    return false;
}

static void pick_along_dial(struct bench_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->samples[i].kind, "count") == 0 || strcmp(v->samples[i].kind, "rate") == 0)
            v->along[v->nalong++] = v->samples[i];
}

/* --- judging --- */

static struct verdict find(const struct bench_view *v, const struct entry *e, size_t claim,
                           const char *lang, const struct timed *t)
{
    const struct claim *c = &e->tip->claims[claim];

    if (strcmp(c->column, "time") == 0)
        return judge_time(e, claim, lang, v->rule, t);
    if (is_slope_claim(e, c))
        return judge_slope(e, claim, lang, v->samples, v->n);
    return judge_count(e, claim, lang, v->along, v->nalong);
}

static struct verdict judge(const struct bench_view *v, const struct entry *e, size_t claim,
                            const char *lang, const struct timed *t)
{
    struct verdict found = find(v, e, claim, lang, t);

    if (found.finding != EMPTY)
        found.expected = lang_expects(&e->tip->claims[claim], lang, lang_go());
    return found;
}

/* A tip that has no twins in Go, and says so. */
static struct verdict declare_empty(const struct bench_view *v, const struct entry *e, size_t claim,
                                    const struct timed *t)
{
    struct verdict found = find(v, e, claim, "go", t);

    found.finding = found.expected = EMPTY;
    snprintf(found.note, sizeof found.note, "%s", e->tip->go_none);
    return found;
}

static void add_pairing(struct findings *f, const struct bench_view *v, const char *tip,
                        const char *lang, bool claimed, const struct timed *t)
{
    struct decision d = decide(v->rule, t->log_ratio, t->n);

    if (d.blocks > 0)
        f->pairings[f->npairings++] = (struct pairing){ tip, lang, claimed, d };
}

static void add_memory(struct findings *f, const struct bench_view *v, const char *tip,
                       const char *lang, const char *twin)
{
    struct growth g = growth_of(column_find("rss_bytes"), tip, lang, twin, v->samples, v->n);

    if (!isnan(g.all.mid))
        f->memories[f->nmemories++] = (struct memory){ tip, twin, lang, g };
}

static void judge_tip(struct findings *f, const struct bench_view *v, const struct entry *e,
                      const char *lang)
{
    bool none = e->tip->go_none && strcmp(lang, "go") == 0 && lang_go()[0];
    struct timed t;

    if (!none && !was_measured(v, e->name, lang))
        return;
    timed_collect(&t, e->name, lang, v->samples, v->n);
    for (size_t i = 0; i < tip_claims(e->tip); i++)
        if (claim_concerns(&e->tip->claims[i], lang))
            f->verdicts[f->nverdicts++] =
                none ? declare_empty(v, e, i, &t) : judge(v, e, i, lang, &t);
    add_pairing(f, v, e->name, lang, plan_claims(e->tip, "time"), &t);
    add_memory(f, v, e->name, lang, "bad");
    add_memory(f, v, e->name, lang, "good");
}

static void judge_null_pair(struct findings *f, const struct bench_view *v, const char *lang)
{
    struct timed t;

    if (!was_measured(v, NULL_TIP, lang))
        return;
    timed_collect(&t, NULL_TIP, lang, v->samples, v->n);
    f->verdicts[f->nverdicts] = judge_null(lang, v->rule, &t);
    f->untrusted |= f->verdicts[f->nverdicts++].finding == REFUTED;
    add_pairing(f, v, NULL_TIP, lang, true, &t);
}

/* A machine on which the same code differs from itself says nothing about time. */
static void distrust_times(struct findings *f)
{
    for (size_t i = 0; i < f->nverdicts; i++) {
        struct verdict *v = &f->verdicts[i];
        if (strcmp(v->kind, "time") != 0 || strcmp(v->tip, NULL_TIP) == 0)
            continue;
        v->finding = UNSURE;
        snprintf(v->note, sizeof v->note, "untrusted: in this run good differs from good");
    }
}

int findings_make(struct findings *f, const struct entry *const *tips, size_t ntips,
                  const struct rule *r, const struct sample *samples, size_t n)
{
    struct bench_view v = { r, samples, n, calloc(n + 1, sizeof *v.along), 0 };
    size_t most = NMEASURED * (ntips + 1);

    *f = (struct findings){ .verdicts = calloc(most * MAX_CLAIMS, sizeof *f->verdicts),
                            .pairings = calloc(most, sizeof *f->pairings),
                            .memories = calloc(most * 2, sizeof *f->memories) };
    if (!v.along || !f->verdicts || !f->pairings || !f->memories) {
        free(v.along);
        findings_free(f);
        return -ENOMEM;
    }
    pick_along_dial(&v);
    for (size_t l = 0; l < NMEASURED; l++)
        judge_null_pair(f, &v, measured_in[l]);
    for (size_t i = 0; i < ntips; i++)
        for (size_t l = 0; l < NMEASURED; l++)
            judge_tip(f, &v, tips[i], measured_in[l]);
    if (f->untrusted)
        distrust_times(f);
    free(v.along);
    return 0;
}

void findings_free(struct findings *f)
{
    free(f->verdicts);
    free(f->pairings);
    free(f->memories);
    memset(f, 0, sizeof *f);
}

/* --- tables --- */

/* An empty field for a number that is none. */
static void write_number(FILE *out, const char *format, double x)
{
    if (isfinite(x))
        fprintf(out, format, x);
}

/* Without what would need quoting. */
static void write_words(FILE *out, const char *words)
{
    for (; *words; words++)
        fputc(*words == ',' ? ';' : *words == '"' || *words == '\n' ? ' ' : *words, out);
}

static void write_verdict(FILE *out, const struct verdict *v)
{
    fprintf(out, "%s,%zu,%s,%s,", v->tip, v->claim, v->column, v->kind);
    write_words(out, v->bad);
    fputc(',', out);
    write_words(out, v->good);
    fputc(',', out);
    write_number(out, "%.5g", v->ratio);
    fputc(',', out);
    write_number(out, "%.5g", v->lo);
    fputc(',', out);
    write_number(out, "%.5g", v->hi);
    fprintf(out, ",%s,%s,%s,%zu,", finding_word(v->finding), finding_word(v->expected), v->lang,
            v->n);
    write_words(out, v->note);
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

static void write_blocks_of(FILE *out, const char *tip, const struct sample *samples, size_t n)
{
    struct timed t;

    for (size_t l = 0; l < NMEASURED; l++) {
        timed_collect(&t, tip, measured_in[l], samples, n);
        for (size_t b = 0; b < t.n; b++)
            fprintf(out, "%s,%s,%zu,%.6f,%.2f,%.2f,%.6f\n", tip, measured_in[l], b, t.log_ratio[b],
                    t.bad_ns[b], t.good_ns[b], t.cpu_log_ratio[b]);
    }
}

/* A table is made in memory and stored whole. */
struct table {
    char *bytes;
    size_t length;
    FILE *out;
};

static FILE *table_open(struct table *t)
{
    *t = (struct table){ 0 };
    t->out = open_memstream(&t->bytes, &t->length);
    return t->out;
}

static int table_store(struct table *t, struct store *s, const char *name)
{
    fclose(t->out);
    int error = store_file(s, name, t->bytes, t->length);
    free(t->bytes);
    return error;
}

static int store_blocks(struct store *s, const struct entry *const *tips, size_t ntips,
                        const struct sample *samples, size_t n)
{
    struct table t;
    FILE *out = table_open(&t);

    if (!out)
        return -ENOMEM;
    schema_header(out, "blocks.csv");
    write_blocks_of(out, NULL_TIP, samples, n);
    for (size_t i = 0; i < ntips; i++)
        write_blocks_of(out, tips[i]->name, samples, n);
    return table_store(&t, s, "blocks.csv");
}

int findings_store(const struct findings *f, struct store *s, const struct entry *const *tips,
                   size_t ntips, const struct sample *samples, size_t n)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out, const struct findings *f);
    } tables[] = { { "times.csv", write_times },
                   { "slopes.csv", write_slopes },
                   { "verdicts.csv", write_verdicts } };
    int error = store_blocks(s, tips, ntips, samples, n);

    for (size_t i = 0; !error && i < sizeof tables / sizeof tables[0]; i++) {
        struct table t;
        FILE *out = table_open(&t);
        if (!out)
            return -ENOMEM;
        tables[i].write(out, f);
        error = table_store(&t, s, tables[i].name);
    }
    return error;
}
