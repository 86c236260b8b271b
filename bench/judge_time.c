/* SPDX-License-Identifier: MIT */
/* judge_time.c - from timed processes to blocks to a verdict, and from memory over
 * requests to a slope.
 *
 * Time is judged by the clock.  Processor time is kept beside it: where the two
 * disagree, somebody waited. */
#include "judge_time.h"

#include "median.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- blocks --- */

static const struct sample *in_slot(const char *tip, const char *lang, size_t block, size_t slot,
                                    const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct sample *s = &samples[i];
        if (s->block == (int64_t)block && s->slot == (int64_t)slot &&
            strcmp(s->kind, "time") == 0 && strcmp(s->tip, tip) == 0 && strcmp(s->lang, lang) == 0)
            return s;
    }
    return NULL;
}

/* The mean logarithm of a side, as a time. */
static double side_ns(size_t block, int side, const double wall[BLOCK_SLOTS])
{
    double sum = 0;

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
        if (block_side(block, slot) == side)
            sum += log(wall[slot]);
    return exp(sum / 2);
}

/* false: the block is not complete, or not well. */
static bool collect_block(struct timed *t, const char *tip, const char *lang,
                          const struct sample *samples, size_t n)
{
    double wall[BLOCK_SLOTS], cpu[BLOCK_SLOTS];
    size_t block = t->n;

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        const struct sample *s = in_slot(tip, lang, block, slot, samples, n);
        if (!s)
            return false;
        if (strcmp(s->outcome, "OK") != 0 || !(s->wall_ns > 0)) {
            snprintf(t->trouble, sizeof t->trouble, "a timed process of %s came out %.40s",
                     s->twin, s->outcome);
            return false;
        }
        wall[slot] = s->wall_ns;
        cpu[slot] = s->cpu_ns > 0 ? s->cpu_ns : s->wall_ns;
    }
    t->log_ratio[block] = block_value(block, wall);
    t->cpu_log_ratio[block] = block_value(block, cpu);
    t->bad_ns[block] = side_ns(block, 0, wall);
    t->good_ns[block] = side_ns(block, 1, wall);
    t->n++;
    return true;
}

void timed_collect(struct timed *t, const char *tip, const char *lang,
                   const struct sample *samples, size_t n)
{
    memset(t, 0, sizeof *t);
    while (t->n < DECIDE_MAX && collect_block(t, tip, lang, samples, n))
        ;
}

/* --- time --- */

enum finding judge_relation(const struct claim *c, const struct rule *r,
                            const struct decision *d)
{
    double least = fmax(c->ratio, 1 + r->margin);

    if (d->blocks == 0)
        return UNSURE;
    if (c->bad == SLOWER)
        return d->lo > least ? HOLDS : d->hi < least ? REFUTED : UNSURE;
    if (c->bad == SAME)
        return d->relation == REL_SAME ? HOLDS : d->relation == REL_UNSURE ? UNSURE : REFUTED;
    return UNSURE;
}

static void write_median(char to[48], const double *ns, size_t n)
{
    double copy[DECIDE_MAX];

    memcpy(copy, ns, n * sizeof *ns);
    snprintf(to, 48, n ? "%.4g" : "-", n ? median(copy, n) : 0);
}

static struct verdict verdict_of(const char *lang, const struct timed *t,
                                 const struct decision *d)
{
    struct verdict v = { .column = "time", .kind = "time", .lang = lang, .n = d->blocks,
                         .ratio = d->ratio, .lo = d->lo, .hi = d->hi, .expected = HOLDS };

    if (d->blocks == 0)
        v.ratio = v.lo = v.hi = NAN;
    write_median(v.bad, t->bad_ns, d->blocks);
    write_median(v.good, t->good_ns, d->blocks);
    if (t->trouble[0])
        snprintf(v.note, sizeof v.note, "%s", t->trouble);
    else if (d->blocks == 0)
        snprintf(v.note, sizeof v.note, "not timed: %zu blocks are too few to look at", t->n);
    else if (d->relation == REL_UNSURE)
        snprintf(v.note, sizeof v.note, "could have told a difference of %.0f %%",
                 100 * d->resolves);
    return v;
}

struct verdict judge_time(const struct entry *e, size_t claim, const char *lang,
                          const struct rule *r, const struct timed *t)
{
    const struct claim *c = &e->tip->claims[claim];
    struct decision d = decide(r, t->log_ratio, t->n);
    struct verdict v = verdict_of(lang, t, &d);

    v.tip = e->name;
    v.claim = claim;
    v.finding = judge_relation(c, r, &d);
    v.expected = c->refuted ? REFUTED : HOLDS;
    return v;
}

struct verdict judge_null(const char *lang, const struct rule *r, const struct timed *t)
{
    static const struct claim same = { .column = "time", .bad = SAME };
    struct decision d = decide(r, t->log_ratio, t->n);
    struct verdict v = verdict_of(lang, t, &d);

    v.tip = "null";
    v.finding = judge_relation(&same, r, &d);
    return v;
}

/* --- growth --- */

bool is_slope_claim(const struct entry *e, const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return e->tip->dial == OPS && column && column->kind == MEASURED &&
           strcmp(column->unit, "B") == 0;
}

struct interval slope_of(const struct column *c, const char *tip, const char *lang,
                         const char *twin, const struct sample *samples, size_t n)
{
    double x[DECIDE_MAX], y[DECIDE_MAX];
    size_t k = 0;

    for (size_t i = 0; i < n && k < DECIDE_MAX; i++) {
        const struct sample *s = &samples[i];
        if (strcmp(s->kind, "slope") != 0 || strcmp(s->outcome, "OK") != 0 ||
            strcmp(s->tip, tip) != 0 || strcmp(s->twin, twin) != 0 || strcmp(s->lang, lang) != 0)
            continue;
        x[k] = (double)s->ops;
        y[k++] = column_value(c, s);
    }
    return decide_slope(x, y, k, 0.95);
}

static enum finding judge_growth(enum expect expected, const struct interval *i)
{
    bool grows = i->lo > LEAK_BYTES, flat = i->hi < LEAK_BYTES;

    if (expected == NOTHING)
        return HOLDS;
    if (isnan(i->mid) || (!grows && !flat))
        return UNSURE;
    return (expected == GROWS && grows) || (expected == FLAT && flat) ? HOLDS : REFUTED;
}

struct verdict judge_slope(const struct entry *e, size_t claim, const char *lang,
                           const struct sample *samples, size_t n)
{
    const struct claim *c = &e->tip->claims[claim];
    const struct column *column = column_find(c->column);
    struct interval bad = slope_of(column, e->name, lang, "bad", samples, n);
    struct interval good = slope_of(column, e->name, lang, "good", samples, n);
    enum finding b = judge_growth(c->bad, &bad), g = judge_growth(c->good, &good);
    struct verdict v = { .tip = e->name, .claim = claim, .column = c->column, .kind = "slope",
                         .ratio = NAN, .lo = NAN, .hi = NAN, .lang = lang,
                         .expected = c->refuted ? REFUTED : HOLDS };

    v.finding = b == UNSURE || g == UNSURE ? UNSURE : b == HOLDS && g == HOLDS ? HOLDS : REFUTED;
    snprintf(v.bad, sizeof v.bad, "%.1f B/op", bad.mid);
    snprintf(v.good, sizeof v.good, "%.1f B/op", good.mid);
    for (size_t i = 0; i < n; i++)
        v.n += strcmp(samples[i].kind, "slope") == 0 && strcmp(samples[i].tip, e->name) == 0 &&
               strcmp(samples[i].lang, lang) == 0;
    snprintf(v.note, sizeof v.note, "B a request: bad %.1f to %.1f; good %.1f to %.1f",
             bad.lo, bad.hi, good.lo, good.hi);
    return v;
}
