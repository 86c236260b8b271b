/* SPDX-License-Identifier: MIT */
/* gate_counts.c - the second gate: counts as the good twin's.
 *
 * Which counts matter follows from the twins and not from a list.  Where bad and good differ in
 * a column that the tip claims something about, that column tells: there the student's count may
 * not lie on bad's side of good's; where good has more than bad, that is a price, and twice as much
 * is too high.  Of whatever can be left over there may be no more than good leaves.  In the other
 * columns that the tip speaks of, in which bad and good do the same, a student may do less or do it
 * another way, but not twice as much.
 *
 * That a twin does the work at all is no matter of these counts: who needs no timer where good
 * arms one has not left it out.  It shows in the answers, and in the calls of the scene
 * (notebooks/grader/work.py).
 *
 * A point where something is off is looked at twice more, and most of the three decide. */
#include "decide/claims.h"
#include "grade/grading.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* --- which columns --- */

enum part { NO_PART, TELLS, LEFT, ALIKE };

/* Whatever the tip claims, this may not be left over. */
static bool is_leftover(const struct column *c)
{
    static const enum column_id ids[] = { COLUMN_tasks,     COLUMN_timers,      COLUMN_contexts,
                                          COLUMN_channels,  COLUMN_descriptors, COLUMN_phantoms,
                                          COLUMN_idle_bytes };

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (c == &columns[ids[i]])
            return true;
    return false;
}

/* Bounded counts may differ by the factor and the handful that judge.c calls flat; what malloc
 * keeps back for the next call is no leak. */
static bool exceeds(const struct column *c, double a, double b)
{
    return c->kind == EXACT ? a > b : a > 2 * b + 8;
}

/* Of shares in percent, what they lack: 98 and 86 of 100 that were found are 2 and 14 that were
 * not. */
static bool falls_short(const struct column *c, double student, double good)
{
    return unit_quantity(c->unit) == QUANTITY_SHARE ? exceeds(c, 100 - student, 100 - good)
                                                    : exceeds(c, good, student);
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
    bool left = is_leftover(c);

    if ((c->kind != EXACT && c->kind != BOUNDED) || c == &columns[COLUMN_answer])
        return NO_PART;
    /* Who is proved lost is alive and counted as such; and inside the fence nobody is proved. */
    if (c == &columns[COLUMN_leaked])
        return NO_PART;
    if (!tip_claims_about(g->e->tip, c->name) && !left)
        return NO_PART;
    if (g->has_bad && differ(c, column_value(c, &g->bad), column_value(c, good_at_last(g))))
        return TELLS;
    return left ? LEFT : ALIKE;
}

/* How many there were at a time: that does not depend on the number of requests. */
static bool is_peak(const struct column *c)
{
    return c == &columns[COLUMN_tasks_peak] || c == &columns[COLUMN_cleanups_peak] ||
           c == &columns[COLUMN_held_bytes];
}

/* Is such a one far from good's in a long series, where requests are served that none was like at
 * the points of the dial? */
static bool peaks_behind(const struct grading *g, const struct column *c, double bads)
{
    for (size_t p = g->points; is_peak(c) && p < grade_points(g); p++) {
        const struct look *l = &g->looks[p][0];
        if (column_value(c, &l->student) - column_value(c, &l->good) >= bads / 2)
            return true;
    }
    return false;
}

/* Where bad's count is said to grow along the dial and good's to stay the same, another way may
 * need more than good at each point: one cleanup a request where good has none, two a turn where it
 * has one.  It is on good's side if it stays the same too, and is far from bad's; or if it is
 * hardly anything beside bad's, as what is done for one failure of a thousand. */
static bool is_on_goods_side(const struct grading *g, const struct column *c)
{
    const struct tip *t = g->e->tip;
    size_t n = t->dial == OPS ? grade_points(g) : g->points;
    double y[GRADE_POINTS], good = column_value(c, good_at_last(g));
    double bads = column_value(c, &g->bad) - good;

    if (is_leftover(c) || !tip_claims_shapes(t, c->name, GROWS, FLAT) || peaks_behind(g, c, bads))
        return false;
    for (size_t p = 0; p < n; p++)
        y[p] = column_value(c, &g->looks[p][0].student);
    double more = y[g->points - 1] - good;
    return more < bads / 100 || (more < bads / 2 && shape_holds(FLAT, c->kind, NULL, y, n));
}

/* Is the student's count off?  Where the column tells, it may not lie on bad's side of good's. */
static bool is_off(const struct grading *g, const struct column *c, const struct look *l)
{
    double student = column_value(c, &l->student), good = column_value(c, &l->good);

    switch (part_of(g, c)) {
    case NO_PART: return false;
    case LEFT: return exceeds(c, student, good);
    case ALIKE: return student > 2 * good + 8;
    case TELLS:
        if (is_on_goods_side(g, c))
            return false;
        return column_value(c, &g->bad) > column_value(c, good_at_last(g))
                   ? exceeds(c, student, good)
                   : falls_short(c, student, good) || student > 2 * good + 8;
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

/* The first point at which the count is off; grade_points(): none. */
static size_t first_off(const struct grading *g, const struct column *c)
{
    size_t p = 0;

    while (p < grade_points(g) && !is_mostly_off(g, c, p))
        p++;
    return p;
}

/* Is a count off here that was not found off before?  The first point is the one that is told of.
 */
static bool any_off(const struct grading *g, size_t point)
{
    for (size_t i = 0; i < ncolumns; i++)
        if (is_off(g, &columns[i], &g->looks[point][0]) && first_off(g, &columns[i]) >= point)
            return true;
    return false;
}

/* Where something is off, the point is looked at twice more. */
static enum gate look_again(struct grading *g)
{
    for (size_t p = 0; p < grade_points(g); p++)
        while (any_off(g, p) && g->nlooks[p] < COUNT_RUNS) {
            char why[CHILD_WHY];
            enum gate gate = grade_look(g, p, why);
            if (gate != PASSED)
                return gate;
        }
    return PASSED;
}

static void say_off(struct grading *g, const struct column *c, size_t point)
{
    const struct look *l = &g->looks[point][0];
    size_t so_far = strlen(g->says);
    char where[64];

    snprintf(g->says + so_far, GRADE_SAYS - so_far, "%s%s %.0f, good has %.0f (%s) %s",
             so_far ? "; " : "", c->name, column_value(c, &l->student), column_value(c, &l->good),
             c->text, grade_where(g, point, where));
}

/* --- memory --- */

enum { KEPT_FOR_A_TASK = 1024 };

double grade_malloc_each(const struct sample *some, const struct sample *all)
{
    double tasks = fmax(0, (double)(all->tasks_peak - some->tasks_peak));

    return (all->malloc_bytes - some->malloc_bytes - KEPT_FOR_A_TASK * tasks) /
           (double)(all->ops - some->ops);
}

/* Both for the k-th time, if they were not looked at so often. */
static enum gate look_at_memory(struct grading *g, size_t k)
{
    for (size_t p = g->points; p < grade_points(g); p++)
        while (g->nlooks[p] <= k) {
            char why[CHILD_WHY];
            enum gate gate = grade_look(g, p, why);
            if (gate != PASSED)
                return gate;
        }
    return PASSED;
}

/* More than good, of what malloc has given.  Who takes one large block at the beginning, and loses
 * a piece of it with each request, has as much of it in the end as before. */
static double held_more(const struct look *l)
{
    double tasks = fmax(0, (double)(l->student.tasks_peak - l->good.tasks_peak));

    return (double)(l->student.malloc_bytes - l->good.malloc_bytes) - KEPT_FOR_A_TASK * tasks;
}

/* The smallest leak is a block of 32 bytes; who loses one in four requests is seen.  Each time:
 * with several workers, what the runtime keeps for later can be there a third sooner or later. */
static enum gate find_loss(struct grading *g, bool *loses)
{
    enum { SLACK = 8 };
    double student = 0, good = 0, held = 0;

    *loses = false;
    if (!g->long_ops)
        return PASSED;
    for (size_t k = 0; k < COUNT_RUNS; k++) {
        enum gate gate = look_at_memory(g, k);
        if (gate != PASSED)
            return gate;
        const struct look *third = &g->looks[g->points][k], *whole = &g->looks[g->points + 1][k];
        student = grade_malloc_each(&third->student, &whole->student);
        good = fmax(0, grade_malloc_each(&third->good, &whole->good));
        held = held_more(whole);
        if (student <= good + SLACK && held <= GRADE_HELD_BYTES)
            return PASSED;
    }
    *loses = true;
    if (student > good + SLACK)
        grade_say(
            g,
            "memory from malloc is never freed: %.0f bytes more with every request, good %.0f, in "
            "a series of %" PRIu64 " requests",
            student, good, g->long_ops);
    else
        grade_say(g,
                  "memory from malloc is never freed: %.0f bytes more than good has in the end, of "
                  "which each request can lose some",
                  held);
    return PASSED;
}

/* What the scene counts as idle is memory from malloc, whose account is another one.  Where bad has
 * much of it and the student says that he has not, malloc's may not say that he has half of it. */
static bool hides_idle(struct grading *g)
{
    const struct column *c = &columns[COLUMN_idle_bytes];
    const struct look *l = &g->looks[g->points - 1][0];

    if (part_of(g, c) != TELLS)
        return false;
    double good = column_value(c, &l->good), idle = column_value(c, &l->student);
    double more = (double)(l->student.malloc_bytes - l->good.malloc_bytes);
    if (more - (idle - good) <= (column_value(c, &g->bad) - good) / 2)
        return false;
    grade_say(
        g,
        "the scene was told of %.0f idle bytes, good's of %.0f, and malloc has %.0f more than "
        "with good",
        idle, good, more);
    return true;
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
        bool tells = part_of(g, c) == TELLS, off = point < grade_points(g);
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
    int64_t ms = 0;
    g->has_bad = grade_kept_find("bad", &r, &g->bad, &ms);
    if (g->has_bad)
        return PASSED;
    for (int i = 0; i < GRADE_TRIES; i++, r.timeout_ms *= 4) {
        int error = child_sample(&r, &g->bad);
        if (error)
            return grade_broken(g, error, NULL, NULL);
        g->has_bad = g->bad.outcome == OUTCOME_OK;
        if (g->has_bad) {
            grade_kept_add("bad", &r, &g->bad, ms);
            return PASSED;
        }
    }
    return grade_broken(g, 0, &g->bad, "that was the bad twin");
}

size_t grade_telling(struct grading *g)
{
    return count_columns(g).telling;
}

enum gate grade_counts(struct grading *g, int most, int *points)
{
    enum gate gate = g->first ? PASSED : look_again(g);

    if (gate != PASSED)
        return gate;
    struct tally t = count_columns(g);
    bool loses = false;
    gate = t.met == t.of ? find_loss(g, &loses) : PASSED;
    if (gate != PASSED)
        return gate;
    if (loses || (t.met == t.of && hides_idle(g)))
        t = (struct tally){ .of = 1 };
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
