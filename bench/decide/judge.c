/* SPDX-License-Identifier: MIT */
/* judge.c - what the counts say about a claim.
 *
 * A claim about one twin is a shape along the dial, or an outcome.  The claim
 * holds if both twins do what it says, and is refuted if one does not.  Where the
 * samples cannot tell - none, a process that did not end well, exact counts that
 * differ between runs - it stays unsure, and the note says why. */
#include "decide/judge.h"

#include "inside/median.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { MAX_SAMPLES_A_POINT = 64 };

static const char *const findings[] = {
    [HOLDS] = "holds", [REFUTED] = "refuted", [UNSURE] = "unsure", [EMPTY] = "-"
};

const char *finding_word(enum finding f)
{
    return findings[f];
}

bool finding_find(const char *word, enum finding *f)
{
    for (enum finding each = HOLDS; each <= EMPTY; each++)
        if (strcmp(findings[each], word) == 0) {
            *f = each;
            return true;
        }
    return false;
}

const char *expect_word(enum expect x)
{
    static const char *const words[] = {
        [NOTHING] = "-", [FLAT] = "flat",     [GROWS] = "grows",   [FALLS] = "falls",
        [IS_OK] = "OK",  [STUCK] = "STUCK",   [PANICS] = "PANICS", [IS_WRONG] = "WRONG",
        [DIES] = "DIES", [SLOWER] = "SLOWER", [SAME] = "SAME",
    };
    return words[x];
}

/* --- verdicts --- */

struct verdict verdict_blank(const char *tip, const struct claim *c, const char *kind,
                             const char *lang)
{
    const struct result none = { NAN, NAN, { NAN, NAN, NAN }, NAN, "" };

    return (struct verdict){ .tip = tip,
                             .column = c->column,
                             .kind = kind,
                             .bad = none,
                             .good = none,
                             .ratio = NAN,
                             .lo = NAN,
                             .hi = NAN,
                             .finding = UNSURE,
                             .expected = c->refuted ? REFUTED : HOLDS,
                             .lang = lang };
}

struct result_words result_words(const struct result *r)
{
    struct result_words w = { "-" };

    if (r->outcome[0])
        snprintf(w.text, sizeof w.text, "%s", r->outcome);
    else if (!isnan(r->first))
        snprintf(w.text, sizeof w.text, "%.10g -> %.10g", r->first, r->last);
    else if (!isnan(r->slope.mid))
        snprintf(w.text, sizeof w.text, "%.1f B/op", r->slope.mid);
    else if (!isnan(r->ns))
        snprintf(w.text, sizeof w.text, "%.4g", r->ns);
    return w;
}

/* --- shapes --- */

static bool is_flat(enum column_kind kind, const double *y, size_t n)
{
    const double slack = 8; /* a handful more is no growth, whatever the factor */
    double least = y[0], most = y[0];

    for (size_t i = 1; i < n; i++) {
        least = fmin(least, y[i]);
        most = fmax(most, y[i]);
    }
    return kind == EXACT ? least == most : most <= 2 * least + slack;
}

static bool is_growing(const double *x, const double *y, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double in_proportion = y[i - 1] * (x[i] / x[i - 1] - 1);
        if (!(y[i] > y[i - 1] && y[i] - y[i - 1] >= in_proportion / 2))
            return false;
    }
    return true;
}

static bool is_falling(const double *y, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!(y[i] < y[i - 1] || (y[i] == 0 && y[i - 1] == 0)))
            return false;
    return y[0] > y[n - 1];
}

bool shape_holds(enum expect shape, enum column_kind kind, const double *x, const double *y,
                 size_t n)
{
    switch (shape) {
    case NOTHING: return true;
    case FLAT: return is_flat(kind, y, n);
    case GROWS: return is_growing(x, y, n);
    case FALLS: return is_falling(y, n);
    default: return false;
    }
}

/* --- the samples of one twin --- */

/* The samples a judgement is about, and where it writes. */
struct matter {
    const struct entry *e;
    const struct column *column; /* NULL: the outcome */
    const char *lang;
    const struct sample *samples;
    size_t n;
    struct verdict *v;
};

static void note(struct verdict *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The first reason stays. */
static void note(struct verdict *v, const char *format, ...)
{
    va_list ap;

    if (v->note[0])
        return;
    va_start(ap, format);
    vsnprintf(v->note, sizeof v->note, format, ap);
    va_end(ap);
}

static uint64_t dial_of(const struct entry *e, const struct sample *s)
{
    struct params p = { .ops = (uint64_t)s->ops,
                        .size = (uint64_t)s->size,
                        .clients = (uint64_t)s->clients,
                        .rate = (uint64_t)s->rate,
                        .workers = (uint64_t)s->workers };
    return dial_get(&p, e->tip->dial);
}

static bool concerns(const struct matter *m, const struct sample *s, const char *twin, uint64_t x)
{
    return strcmp(s->twin, twin) == 0 && strcmp(s->lang, m->lang) == 0 &&
           strcmp(s->tip, m->e->name) == 0 && dial_of(m->e, s) == x;
}

static bool same_request(const struct sample *a, const struct sample *b)
{
    return strcmp(a->tip, b->tip) == 0 && strcmp(a->lang, b->lang) == 0 && a->ops == b->ops &&
           a->size == b->size && a->clients == b->clients && a->rate == b->rate &&
           a->workers == b->workers && a->seed == b->seed;
}

const char *judge_outcome(const struct sample *s, const struct sample *samples, size_t n)
{
    if (strcmp(s->outcome, "OK") != 0 || strcmp(s->twin, "good") == 0)
        return s->outcome;
    for (size_t i = 0; i < n; i++) {
        const struct sample *good = &samples[i];
        if (strcmp(good->twin, "good") == 0 && strcmp(good->outcome, "OK") == 0 &&
            same_request(s, good) && s->answer != good->answer)
            return "WRONG";
    }
    return s->outcome;
}

/* The column's value at one point into *y, NAN if it is not known.  false: the samples
 * of that point say nothing. */
static bool point_value(const struct matter *m, const char *twin, uint64_t x, double *y)
{
    double v[MAX_SAMPLES_A_POINT];
    size_t n = 0;

    for (size_t i = 0; i < m->n && n < MAX_SAMPLES_A_POINT; i++) {
        const struct sample *s = &m->samples[i];
        if (!concerns(m, s, twin, x))
            continue;
        const char *outcome = judge_outcome(s, m->samples, m->n);
        if (strcmp(outcome, "OK") != 0) {
            note(m->v, "%s %s at %s %llu", twin, outcome, dial_name(m->e->tip->dial),
                 (unsigned long long)x);
            return false;
        }
        v[n++] = column_value(m->column, s);
        if (m->column->kind == EXACT && !isnan(v[0]) && v[n - 1] != v[0]) {
            note(m->v, "%s differs between runs: %.0f, %.0f", twin, v[0], v[n - 1]);
            return false;
        }
    }
    if (n == 0) {
        note(m->v, "no sample of %s at %s %llu", twin, dial_name(m->e->tip->dial),
             (unsigned long long)x);
        return false;
    }
    m->v->n += n;
    *y = median(v, n);
    return true;
}

/* Does this twin do what the claim says?  What it did goes into *did. */
static enum finding judge_shape(const struct matter *m, const char *twin, enum expect expected,
                                struct result *did)
{
    double x[MAX_POINTS], y[MAX_POINTS];
    size_t n = tip_points(m->e->tip);

    for (size_t i = 0; i < n; i++) {
        x[i] = (double)m->e->tip->points[i];
        if (!point_value(m, twin, m->e->tip->points[i], &y[i]))
            return expected == NOTHING ? HOLDS : UNSURE;
        if (isnan(y[i]))
            return EMPTY;
    }
    if (n < 2) {
        note(m->v, "a shape needs two dial points, the tip has %zu", n);
        return UNSURE;
    }
    did->first = y[0];
    did->last = y[n - 1];
    if (shape_holds(expected, m->column->kind, x, y, n))
        return HOLDS;
    note(m->v, "%s should be %s", twin, expect_word(expected));
    return REFUTED;
}

/* At the last point every process must come out as expected; before it, it may
 * also still be OK: a leak kills only what runs long enough. */
static enum finding judge_ending(const struct matter *m, const char *twin, enum expect expected,
                                 struct result *did)
{
    const struct tip *t = m->e->tip;
    size_t points = tip_points(t), seen = 0;
    enum finding finding = HOLDS;

    for (size_t i = 0; i < m->n; i++) {
        const struct sample *s = &m->samples[i];
        uint64_t x = dial_of(m->e, s);
        if (!concerns(m, s, twin, x))
            continue;
        const char *outcome = judge_outcome(s, m->samples, m->n);
        bool last = points > 0 && x == t->points[points - 1];
        bool as_said = strcmp(outcome, expect_word(expected)) == 0;
        if (last) {
            seen++;
            snprintf(did->outcome, sizeof did->outcome, "%s", outcome);
        }
        if (expected == NOTHING || as_said || (!last && strcmp(outcome, "OK") == 0))
            continue;
        note(m->v, "%s %s at %s %llu, should be %s", twin, outcome, dial_name(t->dial),
             (unsigned long long)x, expect_word(expected));
        finding = REFUTED;
    }
    m->v->n += seen;
    if (seen > 0 || expected == NOTHING)
        return finding;
    note(m->v, "no sample of %s at the last point", twin);
    return UNSURE;
}

static enum finding judge_twin(const struct matter *m, const char *twin, enum expect expected,
                               struct result *did)
{
    return m->column ? judge_shape(m, twin, expected, did) : judge_ending(m, twin, expected, did);
}

static enum finding both(enum finding bad, enum finding good)
{
    if (bad == EMPTY || good == EMPTY)
        return EMPTY;
    if (bad == UNSURE || good == UNSURE)
        return UNSURE;
    return bad == HOLDS && good == HOLDS ? HOLDS : REFUTED;
}

static const char *kind_of(const struct column *c)
{
    return !c ? "outcome" : c->kind == MEASURED ? "slope" : "count";
}

struct verdict judge_count(const struct entry *e, size_t claim, const char *lang,
                           const struct sample *samples, size_t n)
{
    const struct claim *c = &e->tip->claims[claim];
    bool outcome = strcmp(c->column, "outcome") == 0;
    const struct column *column = outcome ? NULL : column_find(c->column);
    struct verdict v = verdict_blank(e->name, c, kind_of(column), lang);
    struct matter m = { e, column, lang, samples, n, &v };

    v.claim = claim;
    if (!outcome && (!m.column || m.column->kind == TEXT || m.column->kind == SETTING)) {
        note(&v, "'%s' is no column that is counted", c->column);
        return v;
    }
    enum finding bad = judge_twin(&m, "bad", c->bad, &v.bad);
    enum finding good = judge_twin(&m, "good", c->good, &v.good);
    v.finding = both(bad, good);
    if (v.finding == EMPTY) {
        v.expected = EMPTY;
        snprintf(v.note, sizeof v.note, "%s does not report it", lang_word(lang));
    }
    return v;
}
