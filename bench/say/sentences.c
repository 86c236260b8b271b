/* SPDX-License-Identifier: MIT */
/* sentences.c - figures, and the sentences around them. */
#include "say/sentences.h"

#include "decide/claims.h"
#include "inside/tips.h"
#include "say/units.h"

#include <math.h>
#include <stdarg.h>
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
    enum quantity of = unit_quantity(unit);
    bool scaled = of == QUANTITY_BYTES || of == QUANTITY_TIME;
    struct result_words w;

    if (isnan(r->first) && !isnan(r->slope.mid)) {
        struct scale s = scale_for("B", r->slope.mid);
        double each = fabs(r->slope.mid) < 0.5 ? 0 : r->slope.mid / s.by; /* not "-0" */
        snprintf(w.text, sizeof w.text, "%.*f %s/request", s.by > 1, each, s.word);
    } else if (isnan(r->first)) {
        w = result_words(r);
    } else if (scaled) {
        struct scale s = scale_for(unit, fmax(r->first, r->last)), own = scale_for(unit, r->first);
        if (r->first == 0 || r->first / s.by > 0.01)
            own = s;
        snprintf(w.text, sizeof w.text, "%.3g%s%s -> %.3g %s", r->first / own.by,
                 own.by == s.by ? "" : " ", own.by == s.by ? "" : own.word, r->last / s.by, s.word);
    } else {
        int digits = r->first == round(r->first) && r->last == round(r->last) ? 10 : 5;
        snprintf(w.text, sizeof w.text, "%.*g -> %.*g", digits, r->first, digits, r->last);
    }
    return w;
}

/* --- figures --- */

static void append(char *text, size_t bytes, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void append(char *text, size_t bytes, const char *format, ...)
{
    size_t n = strlen(text);
    va_list ap;

    va_start(ap, format);
    vsnprintf(text + n, bytes - n, format, ap);
    va_end(ap);
}

struct result_words ratio_words(double x)
{
    struct result_words w;
    double step = x < 100 ? 1 : pow(10, floor(log10(x)) - 1);

    snprintf(w.text, sizeof w.text, "%.*f", x < 10 ? 2 : 0, x < 10 ? x : step * round(x / step));
    return w;
}

/* Three digits, or as many as stand before the point: "5", "0.25", "65536", "5.02 KiB", "98 %". */
static struct result_words amount(double x, const char *unit)
{
    struct scale s = scale_for(unit, fabs(x));
    bool named = unit_quantity(unit) != QUANTITY_NONE;
    struct result_words w;

    x /= s.by;
    snprintf(w.text, sizeof w.text, fabs(x) < 100 ? "%.3g%s%s" : "%.0f%s%s", x, named ? " " : "",
             named ? s.word : "");
    return w;
}

void with_commas(const char *text, char *to, size_t bytes)
{
    size_t at = 0;

    while (*text && at + 2 < bytes) {
        size_t digits = strspn(text, "0123456789");
        bool whole = digits > 3 && !(at > 0 && to[at - 1] == '.');
        for (size_t left = digits; left > 0 && at + 2 < bytes; left--) {
            to[at++] = *text++;
            if (whole && left > 1 && left % 3 == 1)
                to[at++] = ',';
        }
        if (digits == 0)
            to[at++] = *text++;
    }
    to[at] = '\0';
}

struct result_words executor_words(const struct executor *x, const char *tip)
{
    const struct entry *e = tip_find(tip);
    bool collected = x == executor_c() && e && tip_heap(e->tip) == HEAP_GC;
    struct result_words w;

    snprintf(w.text, sizeof w.text, "%s%s", x->title, collected ? " on the collector" : "");
    return w;
}

/* What the parameter counts, "requests": the text up to the first comma. */
static struct result_words dial_unit(const struct tip *t)
{
    const char *unit = t->dial_unit ? t->dial_unit : dial_name(t->dial);
    struct result_words w;

    snprintf(w.text, sizeof w.text, "%.*s", (int)strcspn(unit, ","), unit);
    return w;
}

struct result_words dial_words(const struct tip *t)
{
    struct result_words w, unit = dial_unit(t);

    snprintf(w.text, sizeof w.text, "%llu to %llu %.55s", (unsigned long long)t->points[0],
             (unsigned long long)t->points[tip_points(t) - 1], unit.text);
    return w;
}

/* --- time --- */

/* How much slower: "50 %", and from a ratio of 2 on "2 times". */
static struct result_words more(double ratio)
{
    struct result_words w;

    if (ratio < 2)
        snprintf(w.text, sizeof w.text, "%.0f %%", 100 * (ratio - 1));
    else
        snprintf(w.text, sizeof w.text, "%.3g times", ratio);
    return w;
}

static void time_sentence(const struct verdict *v, char *text, size_t bytes)
{
    bool slower = v->ratio > 1;
    double least = slower ? v->lo : v->hi, most = slower ? v->hi : v->lo;

    if (isnan(v->ratio))
        snprintf(text, bytes, "time was not measured");
    else if (v->lo <= 1 && v->hi >= 1)
        snprintf(text, bytes, "bad takes %s to %s times as long as good", ratio_words(v->lo).text,
                 ratio_words(v->hi).text);
    else if (v->ratio >= 2 || v->ratio <= 0.5)
        snprintf(text, bytes, "bad is %s times as %s (between %s and %s)",
                 ratio_words(slower ? v->ratio : 1 / v->ratio).text, slower ? "slow" : "fast",
                 ratio_words(slower ? least : 1 / least).text,
                 ratio_words(slower ? most : 1 / most).text);
    else
        snprintf(text, bytes, "bad is %.0f %% %s (between %.0f and %.0f %%)",
                 100 * fabs(v->ratio - 1), slower ? "slower" : "faster", 100 * fabs(least - 1),
                 100 * fabs(most - 1));
    if (verdict_is_less_than_said(v))
        append(text, bytes, " and so by less than said");
}

static void time_claim(const struct claim *c, char *text, size_t bytes)
{
    if (c->bad == SAME)
        snprintf(text, bytes, "bad takes as long as good");
    else if (c->bad == NOT_SLOWER)
        snprintf(text, bytes, "bad is no slower than good");
    else if (c->ratio == 0)
        snprintf(text, bytes, "bad is slower than good");
    else if (c->ratio < 2)
        snprintf(text, bytes, "bad is slower by %s or more", more(c->ratio).text);
    else
        snprintf(text, bytes, "bad is %s as slow or more", more(c->ratio).text);
}

/* --- memory --- */

/* "8192", "52 thousand", "2.1 million" */
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
        snprintf(w.text, sizeof w.text, "grows by %.1f B a request (a leak is %d B or more)", each,
                 LEAK_BYTES);
        break;
    case TREND_LEVEL: snprintf(w.text, sizeof w.text, "does not grow"); break;
    case TREND_SETTLES: snprintf(w.text, sizeof w.text, "grows at first and then no more"); break;
    case TREND_SLOWS:
        snprintf(w.text, sizeof w.text, "still grows in the end but less steeply than before");
        break;
    default: snprintf(w.text, sizeof w.text, "varies too much to say whether it grows"); break;
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

/* --- how it ends --- */

static const char *const ends[] = {
    [OUTCOME_NONE] = "",         [OUTCOME_OK] = "answers right",    [OUTCOME_STUCK] = "gets stuck",
    [OUTCOME_PANICS] = "panics", [OUTCOME_WRONG] = "answers wrong", [OUTCOME_DIES] = "dies"
};

const char *expect_phrase(enum expect x)
{
    switch (x) {
    case FLAT: return "stays flat";
    case GROWS: return "grows";
    case FALLS: return "falls";
    case SLOWER: return "is slower";
    case SAME: return "takes as long";
    case NOT_SLOWER: return "is no slower";
    default: return ends[outcome_expected(x)];
    }
}

/* How the twin ended.  If it is expected to die at its limit of memory, that is the reason
 * given. */
static const char *end_of(const struct entry *e, enum role twin, const struct result *r)
{
    bool limited =
        r->outcome == OUTCOME_DIES && e && e->tip->capped && tip_end(e->tip, twin) == DIES;

    return limited ? "runs out of memory and dies" : ends[r->outcome];
}

static void outcome_sentence(const struct verdict *v, char *text, size_t bytes)
{
    const struct entry *e = tip_find(v->tip);
    bool bad = v->bad.outcome != OUTCOME_NONE, good = v->good.outcome != OUTCOME_NONE;

    snprintf(text, bytes, "%s%s%s%s%s", bad ? "bad " : "", bad ? end_of(e, TWIN_BAD, &v->bad) : "",
             bad && good ? "; " : "", good ? "good " : "",
             good ? end_of(e, TWIN_GOOD, &v->good) : "");
}

/* --- counts --- */

/* What a column counts, as the subject of a sentence. */
struct noun {
    const char *column, *words;
    bool many; /* "they rise", not "it rises" */
    bool left; /* a request can leave one behind */
};
static const struct noun nouns[] = {
    { "tasks", "tasks left alive", true, true },
    { "timers", "timers left pending", true, true },
    { "contexts", "contexts left over", true, true },
    { "channels", "channels left over", true, true },
    { "descriptors", "descriptors left open", true, true },
    { "tasks_started", "tasks started", true, false },
    { "tasks_peak", "tasks alive at once", true, false },
    { "channels_made", "channels made", true, false },
    { "cleanups", "cleanups registered", true, false },
    { "cleanups_peak", "cleanups pending at once", true, false },
    { "switches", "switches between tasks", true, false },
    { "lock_waits", "locks that had to wait", true, false },
    { "pool_misses", "gets that the pool could not serve", true, false },
    { "pool_hit_rate", "the share of gets that the pool served", false, false },
    { "gc_cycles", "collections", true, false },
    { "gc_bytes", "memory allocated", false, false },
    { "idle_bytes", "memory kept while idle", false, false },
    { "held_bytes", "memory waiting in channels", false, false },
    { "rss_peak_bytes", "the peak of memory", false, false },
    { "phantoms", "values received that nobody had sent", true, false },
    { "stale", "decisions on what was true no more", true, false },
    { "out_of_turn", "jobs begun out of turn", true, false },
    { "dropped", "requests turned away", true, false },
    { "calls", "calls of what lies behind", true, false },
    { "served", "requests answered", true, false },
    { "goodput", "requests served a second", true, false },
    { "p50_ns", "median latency", false, false },
    { "p99_ns", "latency at the 99th percentile", false, false },
};

/* Of a column without a row of its own, its name: "held_bytes" as "held bytes". */
static struct noun noun_of(const char *column, struct result_words *name)
{
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (strcmp(nouns[i].column, column) == 0)
            return nouns[i];
    snprintf(name->text, sizeof name->text, "%s", column);
    for (char *c = name->text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return (struct noun){ column, name->text, name->text[strlen(name->text) - 1] == 's', false };
}

/* How many each request leaves, if that is the same at both ends of the dial; else NAN. */
static double left_by_each(const struct tip *t, const struct result *r)
{
    size_t n = t->dial == OPS ? tip_points(t) : 0;
    double first = n > 1 ? r->first / (double)t->points[0] : NAN;

    return n > 1 && first == r->last / (double)t->points[n - 1] ? first : NAN;
}

/* "32 timers a request", "1 task for every 3 requests", "no tasks" */
static struct result_words leavings(double each, const char *column)
{
    struct result_words w;
    double every = round(1 / each);
    int letters = (int)strlen(column);

    if (each == 0)
        snprintf(w.text, sizeof w.text, "no %s", column);
    else if (each > 0 && each < 1 && fabs(1 / each - every) < 1e-9)
        snprintf(w.text, sizeof w.text, "1 %.*s for every %.0f requests", letters - 1, column,
                 every);
    else
        snprintf(w.text, sizeof w.text, "%.3g %.*s a request", each, letters - (each == 1), column);
    return w;
}

static void leavings_sentence(const char *column, double bad, double good, char *text, size_t bytes)
{
    snprintf(text, bytes, "bad leaves %s; good %s", leavings(bad, column).text,
             good == 0 ? "none" : leavings(good, column).text);
}

/* From the first point of the dial to the last. */
enum course { NOT_COUNTED, NONE, STAYS, RISES, FALLS_OFF };

static bool is_share(const struct column *c)
{
    return c && unit_quantity(c->unit) == QUANTITY_SHARE;
}

/* How a count moves along the dial.  Counts that are not exact vary a little. */
static enum course course_of(const struct column *c, const struct result *r)
{
    double least = fmin(r->first, r->last), most = fmax(r->first, r->last);
    bool exact = c && c->kind == EXACT, share = is_share(c);

    if (isnan(r->first))
        return NOT_COUNTED;
    if (most == 0 && !share)
        return NONE;
    if (least == most || (!exact && least >= 0.9 * most))
        return STAYS;
    return r->last > r->first ? RISES : FALLS_OFF;
}

/* A sentence on two twins as it is made. */
struct telling {
    char *text;
    size_t bytes;
    struct noun noun;
    bool named; /* the noun has been said: "it" and "they" will do */
    const struct column *column;
    const struct tip *tip;
    bool dial_said;
};

/* "as requests rise from 4 to 1024", once. */
static void tell_dial(struct telling *t)
{
    size_t n = t->tip ? tip_points(t->tip) : 0;

    if (n < 2 || t->dial_said)
        return;
    append(t->text, t->bytes, " as %s rise from %llu to %llu", dial_unit(t->tip).text,
           (unsigned long long)t->tip->points[0], (unsigned long long)t->tip->points[n - 1]);
    t->dial_said = true;
}

/* "tasks left alive rise in bad from 4 to 64 as ..."; then "in good they stay at 3". */
static void tell_course(struct telling *t, enum role twin, const struct result *r)
{
    const char *unit = t->column ? t->column->unit : "", *who = role_word(twin);
    struct result_words first = amount(r->first, unit), last = amount(r->last, unit);
    bool many = t->noun.many;
    enum course c = course_of(t->column, r);
    static const char *const verbs[] = { [STAYS] = "stay", [RISES] = "rise", [FALLS_OFF] = "fall" };

    if (c == NOT_COUNTED) {
        append(t->text, t->bytes, "%s %s", who,
               r->outcome > OUTCOME_OK ? ends[r->outcome] : "was not counted");
        return;
    }
    if (c == NONE && t->named)
        append(t->text, t->bytes, "in %s there %s none", who, many ? "are" : "is");
    else if (c == NONE)
        append(t->text, t->bytes, "in %s there %s no %s", who, many ? "are" : "is", t->noun.words);
    else if (t->named)
        append(t->text, t->bytes, "in %s %s %s%s", who, many ? "they" : "it", verbs[c],
               many ? "" : "s");
    else
        append(t->text, t->bytes, "%s %s%s in %s", t->noun.words, verbs[c], many ? "" : "s", who);
    t->named = true;
    if (c == STAYS)
        append(t->text, t->bytes, r->first == r->last ? " at %s" : " near %s", last.text);
    else if (c != NONE) {
        append(t->text, t->bytes, " from %s to %s", first.text, last.text);
        tell_dial(t);
    }
}

static void count_sentence(const struct verdict *v, char *text, size_t bytes)
{
    const struct entry *e = tip_find(v->tip);
    struct result_words name;
    struct telling t = { .text = text,
                         .bytes = bytes,
                         .noun = noun_of(v->column, &name),
                         .column = column_find(v->column),
                         .tip = e ? e->tip : NULL };
    double bad = e ? left_by_each(e->tip, &v->bad) : NAN;
    double good = e ? left_by_each(e->tip, &v->good) : NAN;

    if (t.noun.left && !isnan(bad) && !isnan(good)) {
        leavings_sentence(v->column, bad, good, text, bytes);
        return;
    }
    text[0] = '\0';
    tell_course(&t, TWIN_BAD, &v->bad);
    append(text, bytes, "; ");
    tell_course(&t, TWIN_GOOD, &v->good);
}

struct result_words served_words(const struct verdict *v)
{
    struct result_words w = { "" };

    if (v->bad.served < 1 || v->good.served < 1)
        snprintf(w.text, sizeof w.text, "of requests served: %.0f %% in bad; %.0f %% in good",
                 100 * v->bad.served, 100 * v->good.served);
    return w;
}

/* --- any of them --- */

void verdict_sentence(const struct verdict *v, char *text, size_t bytes)
{
    if (verdict_is_time(v))
        time_sentence(v, text, bytes);
    else if (v->kind == KIND_OUTCOME)
        outcome_sentence(v, text, bytes);
    else if (v->kind == KIND_SLOPE && isnan(v->bad.first))
        memory_sentence(v, text, bytes);
    else
        count_sentence(v, text, bytes);
    if (served_words(v).text[0])
        append(text, bytes, " (%s)", served_words(v).text);
}

/* What flat means where less is worse: a share. */
static const char *shape_verb(enum expect shape, bool share, bool many)
{
    switch (shape) {
    case GROWS: return many ? "rise" : "rises";
    case FALLS: return many ? "fall" : "falls";
    default: return share ? "does not fall" : many ? "do not rise" : "does not rise";
    }
}

static void shape_claim(const struct claim *c, bool memory, char *text, size_t bytes)
{
    const struct column *column = column_find(c->column);
    bool share = is_share(column);
    enum role twin = c->bad == NOTHING ? TWIN_GOOD : TWIN_BAD;
    enum expect shape = twin == TWIN_BAD ? c->bad : c->good;
    bool alone = c->bad == GROWS && c->good == FLAT;
    struct result_words name;
    const struct noun noun =
        memory ? (struct noun){ c->column, "memory", false, false } : noun_of(c->column, &name);

    if (noun.left)
        snprintf(text, bytes, "%s %s %s%s", role_word(twin),
                 shape == GROWS ? "piles up" : "does not pile up", c->column,
                 alone ? " and good does not" : "");
    else
        snprintf(text, bytes, "%s %s in %s%s", noun.words, shape_verb(shape, share, noun.many),
                 role_word(twin), alone ? " and not in good" : "");
}

static void end_claim(const struct claim *c, char *text, size_t bytes)
{
    enum expect end = c->bad == NOTHING ? c->good : c->bad;

    for (enum outcome o = OUTCOME_OK; o <= OUTCOME_DIES; o++)
        if (outcome_is(o, end))
            snprintf(text, bytes, "%s %s", role_word(c->bad == NOTHING ? TWIN_GOOD : TWIN_BAD),
                     ends[o]);
}

void claim_sentence(const struct tip *t, const struct claim *c, char *text, size_t bytes)
{
    enum kind kind = claim_kind(t, c);

    text[0] = '\0';
    if (kind == KIND_TIME)
        time_claim(c, text, bytes);
    else if (kind == KIND_OUTCOME)
        end_claim(c, text, bytes);
    else
        shape_claim(c, kind == KIND_SLOPE, text, bytes);
}
