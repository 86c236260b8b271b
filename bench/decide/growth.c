/* SPDX-License-Identifier: MIT */
/* growth.c - from memory at n, 2n, 4n and 8n requests to a trend.
 *
 * "As fast in the end": the last step, from 4n to 8n, has at least four fifths of the
 * slope of the whole.  A straight line has all of it, what grows with the square root
 * three quarters, with the logarithm (the longest queue of so many) about half.  What
 * bends is not called a leak: a queue that was once long, because the machine was
 * elsewhere for a moment, bends. */
#include "decide/growth.h"

#include "inside/median.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double as_fast = 0.8;

/* Resident memory varies by up to this much for reasons that have nothing to do with the
 * requests. */
static const double visible_bytes = 1 << 20;

/* --- the points --- */

struct points {
    double x[RANKED_MAX], y[RANKED_MAX];
    size_t n;
};

/* The loader and the set-up take a little more or less each time (the place of the
 * stack, of libraries): only the difference belongs to the requests. */
static double grown(const struct column *c, const struct sample *s)
{
    bool resident = strncmp(c->name, "rss_", 4) == 0;

    return column_value(c, s) - (resident ? s->rss_before_bytes : 0);
}

static void collect(struct points *p, const struct column *c, const char *tip,
                    const struct executor *x, enum role twin, const struct sample *samples,
                    size_t n)
{
    p->n = 0;
    for (size_t i = 0; i < n && p->n < RANKED_MAX; i++) {
        const struct sample *s = &samples[i];
        if (s->kind != KIND_SLOPE || s->outcome != OUTCOME_OK || s->twin != twin || s->lang != x ||
            strcmp(s->tip, tip) != 0)
            continue;
        p->x[p->n] = (double)s->ops;
        p->y[p->n++] = grown(c, s);
    }
}

static struct points beyond(const struct points *p, double x)
{
    struct points later = { .n = 0 };

    for (size_t i = 0; i < p->n; i++)
        if (p->x[i] > x) {
            later.x[later.n] = p->x[i];
            later.y[later.n++] = p->y[i];
        }
    return later;
}

static double least(const struct points *p)
{
    double x = INFINITY;

    for (size_t i = 0; i < p->n; i++)
        x = fmin(x, p->x[i]);
    return x;
}

/* The largest x below that one, or NAN. */
static double largest_below(const struct points *p, double limit)
{
    double x = NAN;

    for (size_t i = 0; i < p->n; i++)
        if (p->x[i] < limit)
            x = fmax(x, p->x[i]);
    return x;
}

static double middle_at(const struct points *p, double x)
{
    double y[RANKED_MAX];
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        if (p->x[i] == x)
            y[n++] = p->y[i];
    return median(y, n);
}

static double last_step(const struct points *p)
{
    double end = largest_below(p, INFINITY), before = largest_below(p, end);

    return isnan(before) ? NAN : (middle_at(p, end) - middle_at(p, before)) / (end - before);
}

/* --- the trend --- */

static bool is_level(const struct interval *i)
{
    return i->hi < LEAK_BYTES;
}

static bool is_rising(const struct interval *i)
{
    return i->lo > LEAK_BYTES;
}

/* Has memory grown visibly by the last point, even if the share of each request is small? */
static bool is_seen(const struct interval *i, const struct growth *g)
{
    return i->lo * g->over > visible_bytes;
}

static enum trend trend_of(const struct growth *g)
{
    if (is_level(&g->all) && !is_seen(&g->all, g))
        return TREND_LEVEL;
    if (is_level(&g->later))
        return is_seen(&g->later, g) ? TREND_CREEPS : TREND_SETTLES;
    if (is_level(&g->all))
        return TREND_CREEPS;
    if (!is_rising(&g->all))
        return TREND_UNCLEAR;
    return is_rising(&g->later) && g->last >= as_fast * g->all.mid ? TREND_RISES : TREND_SLOWS;
}

struct growth growth_of(const struct column *c, const char *tip, const struct executor *x,
                        enum role twin, const struct sample *samples, size_t n)
{
    struct points all, later;
    struct growth g = { .last = NAN };

    collect(&all, c, tip, x, twin, samples, n);
    g.over = largest_below(&all, INFINITY);
    later = beyond(&all, least(&all));
    g.all = rank_slope(all.x, all.y, all.n, 0.95);
    g.later = rank_slope(later.x, later.y, later.n, 0.95);
    g.last = last_step(&all);
    g.trend = isnan(g.all.mid) ? TREND_UNCLEAR : trend_of(&g);
    return g;
}

/* --- the verdict --- */

static enum finding judge_trend(enum expect expected, enum trend t)
{
    if (expected == NOTHING)
        return HOLDS;
    if (t == TREND_UNCLEAR || t == TREND_SLOWS || t == TREND_CREEPS)
        return UNSURE;
    return (expected == GROWS) == (t == TREND_RISES) ? HOLDS : REFUTED;
}

/* If the other twin certainly rises, a slope of less than a hundredth of its slope is noise of
 * the heap. */
static bool is_flat_beside(const struct growth *twin, const struct growth *other)
{
    return other->trend == TREND_RISES && twin->all.hi < other->all.lo / 100;
}

static size_t count_slopes(const char *tip, const struct executor *x, const struct sample *samples,
                           size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += samples[i].kind == KIND_SLOPE && samples[i].lang == x &&
             strcmp(samples[i].tip, tip) == 0;
    return k;
}

static void tell(struct result *r, const struct growth *g)
{
    r->slope = g->all;
    r->trend = g->trend;
    r->over = g->over;
}

/* Append "bad 4995.0 to 5013.0 (rises)" to the note. */
static void note_slope(char *note, size_t bytes, const char *twin, const struct growth *g)
{
    size_t n = strlen(note);

    if (isfinite(g->all.lo) && isfinite(g->all.hi))
        snprintf(note + n, bytes - n, "%s %.1f to %.1f (%s)", twin, g->all.lo, g->all.hi,
                 trend_word(g->trend));
    else
        snprintf(note + n, bytes - n, "%s is not known from so few processes", twin);
}

struct verdict judge_slope(const struct entry *e, const struct claim *c, const struct executor *x,
                           const struct sample *samples, size_t n)
{
    const struct column *column = column_find(c->column);
    struct growth bad = growth_of(column, e->name, x, TWIN_BAD, samples, n);
    struct growth good = growth_of(column, e->name, x, TWIN_GOOD, samples, n);
    enum finding b = judge_trend(c->bad, bad.trend), g = judge_trend(c->good, good.trend);
    struct verdict v = verdict_blank(e->name, c, KIND_SLOPE, x);

    if (g == UNSURE && c->good == FLAT && is_flat_beside(&good, &bad))
        g = HOLDS;

    /* If one twin refutes the claim, it is refuted, even if the other is unsure. */
    v.finding = b == REFUTED || g == REFUTED ? REFUTED : b == HOLDS && g == HOLDS ? HOLDS : UNSURE;
    tell(&v.bad, &bad);
    tell(&v.good, &good);
    v.n = count_slopes(e->name, x, samples, n);
    snprintf(v.note, sizeof v.note, "bytes a request: ");
    note_slope(v.note, sizeof v.note, "bad", &bad);
    note_slope(v.note, sizeof v.note, "; good", &good);
    if (!isnan(bad.over) && !isnan(good.over))
        snprintf(v.note + strlen(v.note), sizeof v.note - strlen(v.note), "; over %.0f requests",
                 fmin(bad.over, good.over));
    return v;
}
