/* SPDX-License-Identifier: MIT */
/* grade_counts.c - the second gate: counts as the good twin's.
 *
 * Which counts matter follows from the twins and not from a list.  Where bad and good differ in
 * a column that the tip claims something about, that column tells: there the student's count may
 * not lie on bad's side of good's.  In the tip's other columns, and in whatever can be left over,
 * it must be as in both.  And where good starts tasks, arms timers or makes channels, a twin that
 * does none of it has left out the work.
 *
 * A point of the dial where something is off is looked at twice more, and most of the three
 * decide. */
#include "decide/claims.h"
#include "grade/grade.h"

#include <inttypes.h>
#include <string.h>

/* --- which columns --- */

enum part { NO_PART, TELLS, ALIKE, WORK };

/* Whatever the tip claims, this may not be left over ... */
static const enum column_id leftovers[] = { COLUMN_tasks,    COLUMN_timers,   COLUMN_contexts,
                                            COLUMN_channels, COLUMN_phantoms, COLUMN_idle_bytes };
/* ... and this is the work: where good does some, a twin that does none has left it out. */
static const enum column_id works[] = { COLUMN_tasks_started, COLUMN_timers_started,
                                        COLUMN_channels_made };

static bool is_among(const struct column *c, const enum column_id *ids, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c == &columns[ids[i]])
            return true;
    return false;
}

static bool is_leftover(const struct column *c)
{
    return is_among(c, leftovers, sizeof leftovers / sizeof leftovers[0]);
}

static bool is_work(const struct column *c)
{
    return is_among(c, works, sizeof works / sizeof works[0]);
}

/* Bounded counts may differ by the factor and the handful that judge.c calls flat. */
static bool exceeds(const struct column *c, double a, double b)
{
    return c->kind == EXACT ? a > b : a > 2 * b + 8;
}

static bool differ(const struct column *c, double a, double b)
{
    return exceeds(c, a, b) || exceeds(c, b, a);
}

static const struct sample *good_at_last(const struct grading *g)
{
    return &g->looks[g->points - 1][0].good;
}

static enum part part_of(const struct grading *g, const struct column *c)
{
    if ((c->kind != EXACT && c->kind != BOUNDED) || c == &columns[COLUMN_answer])
        return NO_PART;
    if (!tip_claims_about(g->e->tip, c->name) && !is_leftover(c))
        return is_work(c) ? WORK : NO_PART;
    if (g->has_bad && differ(c, column_value(c, &g->bad), column_value(c, good_at_last(g))))
        return TELLS;
    return ALIKE;
}

/* Is the student's count off?  Where the column tells, it may not lie on bad's side of good's;
 * nor may what the tip is about have been left out with the work. */
static bool is_off(const struct grading *g, const struct column *c, const struct look *l)
{
    double student = column_value(c, &l->student), good = column_value(c, &l->good);
    bool none = is_work(c) && good > 0 && student == 0;

    switch (part_of(g, c)) {
    case NO_PART: return false;
    case WORK: return none;
    case ALIKE: return none || differ(c, student, good);
    case TELLS:
        return none || (column_value(c, &g->bad) > column_value(c, good_at_last(g))
                            ? exceeds(c, student, good)
                            : exceeds(c, good, student));
    }
    return false;
}

/* In most of the processes at this point. */
static bool is_mostly_off(const struct grading *g, const struct column *c, size_t point)
{
    size_t off = 0;

    for (size_t k = 0; k < g->nlooks[point]; k++)
        off += is_off(g, c, &g->looks[point][k]);
    return 2 * off > g->nlooks[point];
}

/* The first point at which the count is off; g->points: none. */
static size_t first_off(const struct grading *g, const struct column *c)
{
    size_t p = 0;

    while (p < g->points && !is_mostly_off(g, c, p))
        p++;
    return p;
}

static bool any_off(const struct grading *g, size_t point)
{
    for (size_t i = 0; i < ncolumns; i++)
        if (is_off(g, &columns[i], &g->looks[point][0]))
            return true;
    return false;
}

/* Where something is off, the point is looked at twice more. */
static enum gate look_again(struct grading *g)
{
    for (size_t p = 0; p < g->points; p++)
        while (any_off(g, p) && g->nlooks[p] < COUNT_RUNS) {
            char why[CHILD_WHY];
            if (grade_look(g, p, why) == BROKEN)
                return BROKEN;
        }
    return PASSED;
}

static void say_off(struct grading *g, const struct column *c, size_t point)
{
    const struct tip *t = g->e->tip;
    const struct look *l = &g->looks[point][0];
    size_t so_far = strlen(g->says);

    snprintf(g->says + so_far, GRADE_SAYS - so_far, "%s%s %.0f, good has %.0f (%s) at %s %" PRIu64,
             so_far ? "; " : "", c->name, column_value(c, &l->student), column_value(c, &l->good),
             c->text, dial_name(t->dial), t->points[point]);
}

/* How many columns tell; and how many there are and are met, of those and of what is off. */
struct tally {
    size_t telling, of, met;
};

static struct tally count_columns(struct grading *g)
{
    struct tally t = { 0 };

    g->says[0] = '\0';
    for (size_t i = 0; i < ncolumns; i++) {
        const struct column *c = &columns[i];
        size_t point = first_off(g, c);
        bool tells = part_of(g, c) == TELLS, off = point < g->points;
        t.telling += tells;
        t.of += tells || off;
        t.met += tells && !off;
        if (off)
            say_off(g, c, point);
    }
    return t;
}

/* Bad's own counts say which columns tell.  A twin that is said to end badly has none. */
enum gate grade_bad(struct grading *g)
{
    struct request r = grade_request(g, TWIN_BAD, g->points - 1);
    enum expect end = tip_end(g->e->tip, TWIN_BAD);

    if (end != IS_OK && end != IS_WRONG)
        return PASSED;
    r.memory_bytes = 0;
    int error = child_sample(&r, &g->bad);
    if (error || g->bad.outcome != OUTCOME_OK)
        return grade_broken(g, error, &g->bad, "that was the bad twin");
    g->has_bad = true;
    return PASSED;
}

size_t grade_telling(struct grading *g)
{
    return count_columns(g).telling;
}

enum gate grade_counts(struct grading *g, int most, int *points)
{
    if (look_again(g) == BROKEN)
        return BROKEN;
    struct tally t = count_columns(g);
    if (t.met < t.of) {
        *points = (int)((GRADE_COUNTS / 2 - 1) * t.met / t.of);
        return STOPPED;
    }
    *points = most;
    grade_say(g, "as the good twin's%s",
              !most  ? ", and as the bad one's: the points are the clock's"
              : t.of ? ", also where the bad one's differ"
                     : "");
    return PASSED;
}
