/* SPDX-License-Identifier: MIT */
/* sentences.c - figures, and the sentences around them. */
#include "say/sentences.h"

#include "inside/tips.h"
#include "say/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- what a twin did, in a field --- */

struct result_words result_words(const struct result *r)
{
    struct result_words w = { "-" };

    if (r->outcome != OUTCOME_NONE)
        snprintf(w.text, sizeof w.text, "%s", outcome_word(r->outcome));
    else if (!isnan(r->first))
        snprintf(w.text, sizeof w.text, "%.10g -> %.10g", r->first, r->last);
    else if (!isnan(r->slope.mid))
        snprintf(w.text, sizeof w.text, "%.1f B/op", r->slope.mid);
    else if (!isnan(r->ns))
        snprintf(w.text, sizeof w.text, "%.4g", r->ns);
    return w;
}

struct result_words result_words_of(const struct verdict *v, const struct result *r)
{
    const struct column *column = column_find(v->column);
    const char *unit = column ? column->unit : "";
    bool scaled = strcmp(unit, "B") == 0 || strcmp(unit, "ns") == 0;
    struct result_words w;

    if (isnan(r->first) && !isnan(r->slope.mid)) {
        struct scale s = scale_for("B", r->slope.mid);
        double each = fabs(r->slope.mid) < 0.5 ? 0 : r->slope.mid / s.by; /* not "-0" */
        snprintf(w.text, sizeof w.text, "%.*f %s/request", s.by > 1, each, s.word);
    } else if (isnan(r->first)) {
        w = result_words(r);
    } else if (scaled) {
        struct scale s = scale_for(unit, fmax(r->first, r->last));
        snprintf(w.text, sizeof w.text, "%.3g -> %.3g %s", r->first / s.by, r->last / s.by, s.word);
    } else {
        snprintf(w.text, sizeof w.text, "%.6g -> %.6g", r->first, r->last);
    }
    return w;
}

/* --- sentences --- */

/* "2.61", "38", "38000": no more digits than a ratio of times is known to. */
static struct result_words plain(double x)
{
    struct result_words w;
    double step = x < 100 ? 1 : pow(10, floor(log10(x)) - 1);

    snprintf(w.text, sizeof w.text, "%.*f", x < 10 ? 2 : 0, x < 10 ? x : step * round(x / step));
    return w;
}

/* "8192", "52 thousand", "2.1 million": a comma would end a field of a table. */
struct result_words horizon_words(const struct verdict *v)
{
    double n = fmin(v->bad.over, v->good.over);
    struct result_words w;

    if (n < 10000)
        snprintf(w.text, sizeof w.text, "over %.0f requests", n);
    else if (n < 1e6)
        snprintf(w.text, sizeof w.text, "over %.0f thousand requests", n / 1e3);
    else
        snprintf(w.text, sizeof w.text, "over %.1f million requests", n / 1e6);
    return w;
}

static void time_sentence(const struct verdict *v, char *text, size_t bytes)
{
    bool slower = v->ratio > 1;
    double least = slower ? v->lo : v->hi, most = slower ? v->hi : v->lo;
    char but[128] = "";

    if (verdict_is_less_than_said(v))
        snprintf(but, sizeof but, " but less than the %sx said", plain(v->least).text);
    if (isnan(v->ratio))
        snprintf(text, bytes, "time was not measured");
    else if (v->lo <= 1 && v->hi >= 1)
        snprintf(text, bytes, "bad and good may take the same time (%sx to %sx)", plain(v->lo).text,
                 plain(v->hi).text);
    else if (v->ratio >= 2 || v->ratio <= 0.5)
        snprintf(text, bytes, "bad is %s times as %s%s (%sx to %sx)",
                 plain(slower ? v->ratio : 1 / v->ratio).text, slower ? "slow" : "fast", but,
                 plain(slower ? least : 1 / least).text, plain(slower ? most : 1 / most).text);
    else
        snprintf(text, bytes, "bad is %.0f %% %s%s (between %.0f and %.0f %%)",
                 100 * fabs(v->ratio - 1), slower ? "slower" : "faster", but, 100 * fabs(least - 1),
                 100 * fabs(most - 1));
}

/* What memory of a twin does, after "memory of bad". */
static struct result_words growth_words(const struct result *r)
{
    struct scale s = scale_for("B", r->slope.mid);
    double each = r->slope.mid / s.by;
    struct result_words w;

    switch (r->trend) {
    case TREND_RISES:
        snprintf(w.text, sizeof w.text, "grows by %.*f %s a request", s.by > 1, each, s.word);
        break;
    case TREND_CREEPS:
        snprintf(w.text, sizeof w.text, "grows by less than %d B a request (%.1f B)", LEAK_BYTES,
                 each);
        break;
    case TREND_LEVEL: snprintf(w.text, sizeof w.text, "does not grow"); break;
    case TREND_SETTLES: snprintf(w.text, sizeof w.text, "settles"); break;
    case TREND_SLOWS: snprintf(w.text, sizeof w.text, "grows ever more slowly"); break;
    default: snprintf(w.text, sizeof w.text, "may grow"); break;
    }
    return w;
}

static void memory_sentence(const struct verdict *v, char *text, size_t bytes)
{
    if (isnan(v->bad.slope.mid) || isnan(v->good.slope.mid))
        snprintf(text, bytes, "memory was not followed");
    else
        snprintf(text, bytes, "%s memory of bad %s; that of good %s", horizon_words(v).text,
                 growth_words(&v->bad).text, growth_words(&v->good).text);
}

struct result_words served_words(const struct verdict *v)
{
    struct result_words w = { "" };

    if (v->bad.served < 1 || v->good.served < 1)
        snprintf(w.text, sizeof w.text, "of requests served (bad %.0f %%; good %.0f %%)",
                 100 * v->bad.served, 100 * v->good.served);
    return w;
}

static const char *const ends[] = { [OUTCOME_OK] = "answers right",
                                    [OUTCOME_STUCK] = "gets stuck",
                                    [OUTCOME_PANICS] = "panics",
                                    [OUTCOME_WRONG] = "answers wrong",
                                    [OUTCOME_DIES] = "runs out of memory and dies" };

static void outcome_sentence(const struct verdict *v, char *text, size_t bytes)
{
    bool bad = v->bad.outcome != OUTCOME_NONE, good = v->good.outcome != OUTCOME_NONE;

    snprintf(text, bytes, "%s%s%s%s%s", bad ? "bad " : "", bad ? ends[v->bad.outcome] : "",
             bad && good ? "; " : "", good ? "good " : "", good ? ends[v->good.outcome] : "");
}

/* Three digits, or as many as stand before the point: "5", "0.25", "65536", "5.02 KiB". */
static struct result_words amount(double x, const char *unit)
{
    struct scale s = scale_for(unit, fabs(x));
    bool scaled = strcmp(unit, "B") == 0 || strcmp(unit, "ns") == 0;
    struct result_words w;

    x /= s.by;
    snprintf(w.text, sizeof w.text, fabs(x) < 100 ? "%.3g%s%s" : "%.0f%s%s", x, scaled ? " " : "",
             scaled ? s.word : "");
    return w;
}

/* What is counted, and whether a request can leave it behind. */
static const struct noun {
    const char *column, *words;
    bool left;
} nouns[] = { { "tasks", "tasks left alive", true },
              { "timers", "timers left", true },
              { "contexts", "contexts left", true },
              { "channels", "channels left", true },
              { "idle_bytes", "kept while idle", false },
              { "held_bytes", "waiting in channels", false },
              { "cleanups_peak", "cleanups pending at once", false },
              { "pool_misses", "gets that the pool could not serve", false },
              { "pool_hit_rate", "% of gets served by the pool", false },
              { "phantoms", "values that nobody sent", false },
              { "gc_bytes", "allocated", false },
              { "gc_cycles", "collections", false },
              { "p50_ns", "of median latency", false },
              { "p99_ns", "of latency at the 99th percentile", false } };

static const struct noun *noun_of(const char *column)
{
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (strcmp(nouns[i].column, column) == 0)
            return &nouns[i];
    return NULL;
}

/* How many each request leaves, if that is the same at both ends of the dial; else NAN. */
static double left_by_each(const struct tip *t, const struct result *r)
{
    size_t n = t->dial == OPS ? tip_points(t) : 0;
    double first = n > 1 ? r->first / (double)t->points[0] : NAN;

    return n > 1 && first == r->last / (double)t->points[n - 1] ? first : NAN;
}

/* "32 timers a request", "1 task for every 3 requests", "none" */
static struct result_words leavings(double each, const char *column)
{
    struct result_words w = { "none" };
    double every = round(1 / each);
    int letters = (int)strlen(column);

    if (each > 0 && each < 1 && fabs(1 / each - every) < 1e-9)
        snprintf(w.text, sizeof w.text, "1 %.*s for every %.0f requests", letters - 1, column,
                 every);
    else if (each != 0)
        snprintf(w.text, sizeof w.text, "%.3g %.*s a request", each, letters - (each == 1), column);
    return w;
}

/* From the first point of the dial to the last, "4 -> 1024"; or how it ended instead. */
static struct result_words course(const struct verdict *v, const struct result *r)
{
    const struct column *column = column_find(v->column);
    const char *unit = column ? column->unit : "";
    struct result_words w = { "is not counted" }, first = amount(r->first, unit);

    if (isnan(r->first) && r->outcome > OUTCOME_OK)
        snprintf(w.text, sizeof w.text, "%s", ends[r->outcome]);
    if (isnan(r->first))
        return w;
    w = amount(r->last, unit);
    if (strcmp(first.text, w.text) != 0)
        snprintf(w.text, sizeof w.text, "%.36s -> %.36s", first.text, amount(r->last, unit).text);
    return w;
}

/* held_bytes as "held bytes" */
static struct result_words spaced(const char *column)
{
    struct result_words w;

    snprintf(w.text, sizeof w.text, "%s", column);
    for (char *c = w.text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return w;
}

static void count_sentence(const struct verdict *v, char *text, size_t bytes)
{
    const struct entry *e = tip_find(v->tip);
    const struct noun *noun = noun_of(v->column);
    double bad = e ? left_by_each(e->tip, &v->bad) : NAN;
    double good = e ? left_by_each(e->tip, &v->good) : NAN;
    struct result_words what = spaced(noun ? noun->words : v->column);
    bool counted = !isnan(v->bad.first); /* bad too, or it ended before */

    if (noun && noun->left && !isnan(bad) && !isnan(good))
        snprintf(text, bytes, "bad leaves %s; good %s", leavings(bad, v->column).text,
                 leavings(good, v->column).text);
    else
        snprintf(text, bytes, "bad %s%s%s; good %s%s%s", course(v, &v->bad).text,
                 counted ? " " : "", counted ? what.text : "", course(v, &v->good).text,
                 counted ? "" : " ", counted ? "" : what.text);
}

void verdict_sentence(const struct verdict *v, char *text, size_t bytes)
{
    const struct result_words served = served_words(v);

    if (v->kind == KIND_TIME)
        time_sentence(v, text, bytes);
    else if (v->kind == KIND_OUTCOME)
        outcome_sentence(v, text, bytes);
    else if (v->kind == KIND_SLOPE && isnan(v->bad.first))
        memory_sentence(v, text, bytes);
    else {
        int n = snprintf(text, bytes, "%s%s", served.text, served.text[0] ? " " : "");
        count_sentence(v, text + n, bytes - (size_t)n);
    }
}
