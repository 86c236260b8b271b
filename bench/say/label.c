/* SPDX-License-Identifier: MIT */
/* label.c - from verdicts on what a saying says to its label. */
#include "say/label.h"

#include "decide/units.h"
#include "inside/tips.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const labels[] = { [LABEL_NONE] = "-",
                                      [LABEL_TRUE] = "true",
                                      [LABEL_MYTH] = "myth",
                                      [LABEL_DEPENDS] = "depends",
                                      [LABEL_UNDECIDED] = "undecided" };
static const struct words label_words = WORDS(labels);

const char *label_word(enum label l)
{
    return labels[l];
}

bool label_find(const char *word, enum label *l)
{
    return words_read(&label_words, word, l);
}

/* --- what was measured, for people --- */

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

/* --- one executor --- */

static bool is_exact(const struct verdict *v)
{
    const struct column *c = column_find(v->column);

    return v->kind == KIND_OUTCOME || (v->kind == KIND_COUNT && c && c->kind == EXACT);
}

static const struct verdict *first_of(const struct verdict *parts, size_t n, enum finding f)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].finding == f)
            return &parts[i];
    return NULL;
}

static const struct verdict *exact_that_holds(const struct verdict *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].finding == HOLDS && is_exact(&parts[i]))
            return &parts[i];
    return NULL;
}

/* The label, and the part that decided it. */
static enum label label_of(const struct verdict *parts, size_t n, const struct verdict **by)
{
    if ((*by = first_of(parts, n, REFUTED)))
        return LABEL_MYTH;
    if ((*by = exact_that_holds(parts, n)))
        return LABEL_TRUE;
    if ((*by = first_of(parts, n, UNSURE)))
        return LABEL_UNDECIDED;
    if ((*by = first_of(parts, n, HOLDS)))
        return LABEL_TRUE;
    *by = &parts[0];
    return LABEL_NONE;
}

struct saying saying_there(const char *tip, const struct executor *x, const struct verdict *parts,
                           size_t n)
{
    const struct verdict *by;
    struct saying s = { .tip = tip, .executor = x, .label = label_of(parts, n, &by) };

    s.ratio = by->ratio;
    s.lo = by->lo;
    s.hi = by->hi;
    bool why = s.label == LABEL_UNDECIDED && by->note[0] && by->kind != KIND_SLOPE;
    if (s.label == LABEL_NONE || why)
        snprintf(s.evidence, sizeof s.evidence, "%s", by->note);
    else
        verdict_sentence(by, s.evidence, sizeof s.evidence);
    return s;
}

/* --- all of them --- */

/* Sayings of which this one is true and that one a myth. */
static bool disagree(const struct saying *a, const struct saying *b)
{
    return (a->label == LABEL_TRUE && b->label == LABEL_MYTH) ||
           (a->label == LABEL_MYTH && b->label == LABEL_TRUE);
}

/* What tells the two executors apart. */
static const char *difference(const struct executor *a, const struct executor *b)
{
    if (a->language != b->language)
        return "C or Go";
    return a->language == LANGUAGE_C ? "the heap" : "the Go release";
}

static void add_reason(char *on, size_t bytes, const char *reason)
{
    if (!strstr(on, reason))
        snprintf(on + strlen(on), bytes - strlen(on), "%s%s", on[0] ? ", " : "", reason);
}

/* On what it depends, the nearest reason alone: two heaps that disagree say more than C and
 * Go, which differ in their heap too. */
static void find_reasons(struct saying *s, const struct saying *there, size_t n)
{
    for (int alike = 1; alike >= 0 && !s->on[0]; alike--)
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) {
                const struct executor *a = there[i].executor, *b = there[k].executor;
                if ((a->language == b->language) == alike && disagree(&there[i], &there[k]))
                    add_reason(s->on, sizeof s->on, difference(a, b));
            }
}

/* "true in C and Go 1.19; myth in Go 1.27" */
static void say_where(struct saying *s, const struct saying *there, size_t n)
{
    const enum label both[] = { LABEL_TRUE, LABEL_MYTH };
    size_t at = 0;

    for (size_t k = 0; k < 2; k++) {
        bool first = true;
        for (size_t i = 0; i < n; i++) {
            if (there[i].label != both[k] || at >= sizeof s->evidence)
                continue;
            at += (size_t)snprintf(s->evidence + at, sizeof s->evidence - at, "%s%s%s %s",
                                   !first  ? " and"
                                   : k > 0 ? "; "
                                           : "",
                                   first ? label_word(both[k]) : "", first ? " in" : "",
                                   there[i].executor->title);
            first = false;
        }
    }
}

struct saying saying_overall(const struct saying *there, size_t n)
{
    struct saying s = there[0];
    const struct saying *decided = NULL;

    for (size_t i = 0; i < n; i++) {
        if (there[i].label != LABEL_TRUE && there[i].label != LABEL_MYTH) {
            if (!decided && there[i].label == LABEL_UNDECIDED)
                s = there[i];
            continue;
        }
        if (!decided)
            s = *(decided = &there[i]);
        else if (disagree(decided, &there[i]))
            s.label = LABEL_DEPENDS;
    }
    s.executor = NULL;
    if (s.label != LABEL_DEPENDS)
        return s;
    s.ratio = s.lo = s.hi = NAN;
    s.evidence[0] = '\0';
    find_reasons(&s, there, n);
    say_where(&s, there, n);
    return s;
}

/* --- all tips --- */

void headline(const struct saying *sayings, size_t n, char *text, size_t bytes)
{
    size_t count[LABEL_UNDECIDED + 1] = { 0 }, all = 0;

    for (size_t i = 0; i < n; i++)
        if (!sayings[i].executor) {
            count[sayings[i].label]++;
            all++;
        }
    size_t myths = count[LABEL_MYTH], trues = count[LABEL_TRUE], depends = count[LABEL_DEPENDS];
    size_t open = count[LABEL_UNDECIDED] + count[LABEL_NONE];
    int at = snprintf(text, bytes, "Of %zu saying%s %zu %s here, %zu %s true, %zu depend%s", all,
                      all == 1 ? "" : "s", myths, myths == 1 ? "is a myth" : "are myths", trues,
                      trues == 1 ? "is" : "are", depends, depends == 1 ? "s" : "");
    if (at <= 0 || (size_t)at >= bytes)
        return;
    if (open > 0)
        at += snprintf(text + at, bytes - (size_t)at, "; %zu could not be decided", open);
    if ((size_t)at < bytes)
        snprintf(text + at, bytes - (size_t)at, ".");
}
