/* SPDX-License-Identifier: MIT */
/* judge.c - what the counts say about a claim.
 *
 * A claim about one twin is a shape along the dial, or an outcome.  The claim
 * holds if both twins do what it says, and is refuted if one does not.  Where the
 * samples cannot tell - none, a process that did not end well, exact counts that
 * differ between runs - it stays unsure, and the note says why. */
#include "decide/judge.h"

#include "decide/claims.h"
#include "inside/median.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { MAX_SAMPLES_A_POINT = 64 };

static const char *const findings[] = {
    [HOLDS] = "holds", [REFUTED] = "refuted", [UNSURE] = "unsure", [EMPTY] = "-"
};
static const struct words finding_words = WORDS(findings);

static const char *const trends[] = {
    [TREND_NONE] = "",           [TREND_RISES] = "rises", [TREND_LEVEL] = "level",
    [TREND_SETTLES] = "settles", [TREND_SLOWS] = "slows", [TREND_CREEPS] = "creeps",
    [TREND_UNCLEAR] = "unclear",
};
const struct words trend_words = WORDS(trends);

const char *trend_word(enum trend t)
{
    return trends[t];
}

const char *finding_word(enum finding f)
{
    return findings[f];
}

bool finding_find(const char *word, enum finding *f)
{
    int value = words_find(&finding_words, word);

    if (value >= 0)
        *f = (enum finding)value;
    return value >= 0;
}

/* --- verdicts --- */

struct verdict verdict_blank(const char *tip, const struct claim *c, enum kind kind,
                             const struct executor *x)
{
    const struct result none = {
        .first = NAN,
        .last = NAN,
        .slope = { NAN, NAN, NAN },
        .over = NAN,
        .served = NAN,
        .ns = NAN,
    };

    return (struct verdict){ .tip = tip,
                             .column = c->column,
                             .kind = kind,
                             .bad = none,
                             .good = none,
                             .ratio = NAN,
                             .lo = NAN,
                             .hi = NAN,
                             .least = c->ratio,
                             .finding = UNSURE,
                             .expected = executor_refutes(x, c) ? REFUTED : HOLDS,
                             .varies = c->varies,
                             .executor = x };
}

bool verdict_is_less_than_said(const struct verdict *v)
{
    return verdict_is_time(v) && v->finding == REFUTED && v->lo > 1 && v->hi < v->least;
}

/* --- shapes --- */

static bool is_flat(enum column_kind kind, const double *y, size_t n)
{
    const double slack = 8; /* so few more count as equal, whatever the ratio */
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
    const struct executor *executor;
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

static bool concerns(const struct matter *m, const struct sample *s, enum role twin, uint64_t x)
{
    return s->twin == twin && s->lang == m->executor && strcmp(s->tip, m->e->name) == 0 &&
           dial_of(m->e->tip, s) == x;
}

static bool same_request(const struct sample *a, const struct sample *b)
{
    return strcmp(a->tip, b->tip) == 0 && a->lang == b->lang && same_settings(a, b);
}

enum outcome judge_outcome(const struct sample *s, const struct sample *samples, size_t n)
{
    if (s->outcome != OUTCOME_OK || s->twin == TWIN_GOOD)
        return s->outcome;
    for (size_t i = 0; i < n; i++) {
        const struct sample *good = &samples[i];
        if (good->twin == TWIN_GOOD && good->outcome == OUTCOME_OK && same_request(s, good) &&
            s->answer != good->answer)
            return OUTCOME_WRONG;
    }
    return s->outcome;
}

/* The column's value at one point into *y, NAN if it is not known.  false: the samples
 * of that point say nothing. */
static bool point_value(const struct matter *m, enum role twin, uint64_t x, double *y)
{
    double v[MAX_SAMPLES_A_POINT];
    size_t n = 0;

    for (size_t i = 0; i < m->n && n < MAX_SAMPLES_A_POINT; i++) {
        const struct sample *s = &m->samples[i];
        if (!concerns(m, s, twin, x))
            continue;
        enum outcome outcome = judge_outcome(s, m->samples, m->n);
        if (outcome != OUTCOME_OK) {
            note(m->v, "%s %s at %s %llu", role_word(twin), outcome_word(outcome),
                 dial_name(m->e->tip->dial), (unsigned long long)x);
            return false;
        }
        v[n++] = column_value(m->column, s);
        if (m->column->kind == EXACT && !isnan(v[0]) && v[n - 1] != v[0]) {
            note(m->v, "%s differs between runs: %.0f, %.0f", role_word(twin), v[0], v[n - 1]);
            return false;
        }
    }
    if (n == 0) {
        note(m->v, "%s was not measured at %s %llu", role_word(twin), dial_name(m->e->tip->dial),
             (unsigned long long)x);
        return false;
    }
    m->v->n += n;
    *y = median(v, n);
    return true;
}

/* The column is empty.  Either no process of the executor reports it, or this system keeps the
 * figure from all processes, or this one process failed to report it. */
static enum finding judge_unknown(const struct matter *m, enum role twin)
{
    if (!executor_tells(m->executor, m->column->name) || m->column == &columns[COLUMN_leaked])
        return EMPTY;
    note(m->v, "%s left %s empty, which %s reports", role_word(twin), m->column->name,
         m->executor->title);
    return UNSURE;
}

/* Of a latency under an offered load: at the last point, of all its processes.  Else NAN. */
static double served_share(const struct matter *m, enum role twin)
{
    const struct tip *t = m->e->tip;
    uint64_t last = t->points[tip_points(t) - 1];
    double asked = 0, served = 0;

    if (t->dial != RATE || unit_quantity(m->column->unit) != QUANTITY_TIME)
        return NAN;
    for (size_t i = 0; i < m->n; i++) {
        const struct sample *s = &m->samples[i];
        if (!concerns(m, s, twin, last) || s->dropped == UNKNOWN)
            continue;
        asked += (double)s->ops;
        served += (double)(s->ops - s->dropped);
    }
    return asked > 0 ? served / asked : NAN;
}

/* Does this twin do what the claim says?  What it did goes into *did. */
static enum finding judge_shape(const struct matter *m, enum role twin, enum expect expected,
                                struct result *did)
{
    double x[MAX_POINTS], y[MAX_POINTS];
    size_t n = tip_points(m->e->tip);

    for (size_t i = 0; i < n; i++) {
        x[i] = (double)m->e->tip->points[i];
        if (!point_value(m, twin, m->e->tip->points[i], &y[i]))
            return expected == NOTHING ? HOLDS : UNSURE;
        if (isnan(y[i]))
            return judge_unknown(m, twin);
    }
    if (n < 2) {
        note(m->v, "a shape needs two points of the parameter, the tip has %zu", n);
        return UNSURE;
    }
    did->first = y[0];
    did->last = y[n - 1];
    did->served = served_share(m, twin);
    if (shape_holds(expected, m->column->kind, x, y, n))
        return HOLDS;
    note(m->v, "%s should %s", role_word(twin),
         expected == GROWS   ? "grow with the parameter"
         : expected == FALLS ? "fall with the parameter"
                             : "stay as it is");
    return REFUTED;
}

/* At the last point every process must come out as expected; before it, it may
 * also still be OK: a leak kills only what runs long enough. */
static enum finding judge_ending(const struct matter *m, enum role twin, enum expect expected,
                                 struct result *did)
{
    const struct tip *t = m->e->tip;
    size_t points = tip_points(t), seen = 0;
    enum finding finding = HOLDS;

    for (size_t i = 0; i < m->n; i++) {
        const struct sample *s = &m->samples[i];
        uint64_t x = dial_of(m->e->tip, s);
        if (!concerns(m, s, twin, x))
            continue;
        enum outcome outcome = judge_outcome(s, m->samples, m->n);
        bool last = points > 0 && x == t->points[points - 1];
        bool as_said = outcome_is(outcome, expected);
        if (last) {
            seen++;
            did->outcome = outcome;
        }
        if (expected == NOTHING || as_said || (!last && outcome == OUTCOME_OK))
            continue;
        note(m->v, "%s %s at %s %llu, should be %s", role_word(twin), outcome_word(outcome),
             dial_name(t->dial), (unsigned long long)x, expect_word(expected));
        finding = REFUTED;
    }
    m->v->n += seen;
    if (seen > 0 || expected == NOTHING)
        return finding;
    note(m->v, "%s was not measured at the last point", role_word(twin));
    return UNSURE;
}

static enum finding judge_twin(const struct matter *m, enum role twin, enum expect expected,
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

static enum kind kind_of(const struct column *c)
{
    return !c ? KIND_OUTCOME : c->kind == MEASURED ? KIND_SLOPE : KIND_COUNT;
}

struct verdict judge_count(const struct entry *e, const struct claim *c, const struct executor *x,
                           const struct sample *samples, size_t n)
{
    bool outcome = claim_kind(e->tip, c) == KIND_OUTCOME;
    const struct column *column = outcome ? NULL : column_find(c->column);
    struct verdict v = verdict_blank(e->name, c, kind_of(column), x);
    struct matter m = { e, column, x, samples, n, &v };

    if (!outcome && (!column || !column_is_number(column) || column->kind == SETTING)) {
        note(&v, "'%s' is no column that is counted", c->column);
        return v;
    }
    enum finding bad = judge_twin(&m, TWIN_BAD, c->bad, &v.bad);
    enum finding good = judge_twin(&m, TWIN_GOOD, c->good, &v.good);
    v.finding = both(bad, good);
    if (v.finding == EMPTY) {
        v.expected = EMPTY;
        snprintf(v.note, sizeof v.note, "%s does not report it", x->title);
    }
    return v;
}
