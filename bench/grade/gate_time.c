/* SPDX-License-Identifier: MIT */
/* gate_time.c - the last gate: time, relative to the good twin in the same blocks.
 *
 * The rule is that of `bench` (time_rule.h), with its quick looks; with its full ones where the tip
 * is about time alone.  A point is lost only if two series of blocks, one after the other, both
 * say SLOWER.  Then, of the 20 points, the part is left that the good twin's time is of the
 * student's.
 *
 * These are also the longest processes of all, and the only ones in which a twin could leave the
 * work out for speed: so each must answer as good did, and leave no more behind. */
#include "decide/claims.h"
#include "grade/grading.h"
#include "decide/judge_time.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { SERIES = 2, BATCHES = 5 };

/* Of a batch where the tip says nothing about time.  A right twin's tasks may live on for a while,
 * and what six batches start must fit into GRADE_MEMORY_BYTES, 17 pages each. */
enum { MOST_UNTIMED = 2400 };

struct timing {
    struct params p;
    uint64_t most_ops;    /* of a batch */
    uint64_t counted_ops; /* of the series with its counts, longer than a timed process */
    int64_t good_ms;      /* what a process of good took, to its end */
    uint64_t
        memory_bytes; /* of both: a process with a cap counts what it serves, and that takes time */
    struct timed timed;
    struct decision decision;
    struct rule rule;
    struct sample good; /* the last of its processes; it answers the same in each */
};

static struct request timed_request(const struct grading *g, const struct timing *t, bool good)
{
    struct request r =
        request_make(g->e, executor_c(), good ? TWIN_GOOD : TWIN_BAD, KIND_TIME, t->p);

    if (!r.memory_bytes)
        r.memory_bytes = t->memory_bytes;
    return r;
}

/* By how much the tip says that bad is slower; 0: it does not. */
static double claimed_ratio(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, "time") == 0 && t->claims[i].bad == SLOWER &&
            !t->claims[i].refuted)
            return t->claims[i].ratio;
    return 0;
}

/* A process of the student's that did not end in time; where the tip says by how much bad is
 * slower, that is as slow as bad. */
static void say_late(struct grading *g, uint64_t ops)
{
    grade_say(g,
              "far slower than good: %" PRIu64 " requests did not end in %d times what good took",
              ops, GRADE_PATIENCE);
    g->takes = claimed_ratio(g->e->tip) > 0 ? "counts" : NULL;
}

/* A timed process of good, which no earlier one replaces. */
static enum gate run_good(const struct grading *g, struct timing *t, struct sample *out)
{
    return grade_run_good(g, "good", timed_request(g, t, true), out, &t->good_ms);
}

/* One of the student's; STOPPED: it did not come out as good's did. */
static enum gate run_student(struct grading *g, const struct timing *t, struct sample *out)
{
    struct request r = timed_request(g, t, false);
    char why[CHILD_WHY];

    r.timeout_ms = grade_timeout(g, t->good_ms);
    int error = grade_run(g, "student", r, out, why);
    if (error)
        return grade_broken(g, error, NULL, why);
    g->takes = "counts"; /* it does so little, or leaves so much, only while timed */
    if (grade_is_late(out, why))
        say_late(g, t->p.ops);
    else if (out->outcome != OUTCOME_OK)
        grade_say(g, "a timed process came out %s: %s", outcome_word(out->outcome), why);
    else if (out->answer != t->good.answer)
        grade_say(g, "wrong answers while it was timed, over %" PRIu64 " requests a batch",
                  t->p.ops);
    else {
        g->takes = NULL;
        return PASSED;
    }
    return STOPPED;
}

/* --- once more, to count --- */

static const struct column *left_over(const struct sample *student, const struct sample *good)
{
    static const enum column_id ids[] = { COLUMN_tasks, COLUMN_timers, COLUMN_contexts,
                                          COLUMN_channels };

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const struct column *c = &columns[ids[i]];
        if (column_value(c, student) > column_value(c, good))
            return c;
    }
    return NULL;
}

/* Bytes from malloc that each request loses, beyond what good's do, since the long series; 0: none
 * that can be told.  Over so many requests a block that is lost with one in twenty of them is seen.
 */
static double lost_each(const struct grading *g, const struct sample *student,
                        const struct sample *good)
{
    enum { KEPT = 16 << 10 };
    const struct look *long_series = &g->looks[g->points + 1][0];
    const int64_t more = student->ops - long_series->student.ops;

    if (g->long_ops == 0 || more <= 0)
        return 0;
    double lost = grade_malloc_each(&long_series->student, student) -
                  fmax(0, grade_malloc_each(&long_series->good, good));
    return lost > 1 + (double)KEPT / (double)more ? lost : 0;
}

/* As many requests as a timed process serves, and some more, with its counts: who begins to leak
 * behind all other series does so here, or only beyond what was timed. */
static enum gate run_counted(struct grading *g, struct timing *t)
{
    struct params p = t->p;
    struct sample good, student;
    char why[CHILD_WHY];
    int64_t took_ms;

    p.ops = BATCHES * p.ops + (g->seed >> 11) % (p.ops + 1);
    t->counted_ops = p.ops;
    const struct request good_r = request_make(g->e, executor_c(), TWIN_GOOD, KIND_COUNT, p);
    struct request r = request_make(g->e, executor_c(), TWIN_BAD, KIND_COUNT, p);
    const bool capped = r.memory_bytes > 0;
    const struct column *left = NULL;
    double lost = 0;
    for (int i = 0; i < 2; i++) { /* what costs points is seen twice */
        enum gate gate = grade_know_good(g, "good", good_r, i > 0, &good, &took_ms);
        if (gate != PASSED)
            return gate;
        r.timeout_ms = grade_timeout(g, took_ms);
        if (!capped)
            r.memory_bytes = grade_memory(&good);
        int error = grade_run(g, "student", r, &student, why);
        if (error)
            return grade_broken(g, error, NULL, why);
        bool ok = student.outcome == OUTCOME_OK;
        left = ok ? left_over(&student, &good) : NULL;
        lost = ok ? lost_each(g, &student, &good) : 0;
        if (ok && !left && lost == 0 && student.answer == good.answer)
            return PASSED;
    }
    g->takes = "counts";
    if (grade_is_late(&student, why))
        say_late(g, p.ops);
    else if (student.outcome != OUTCOME_OK)
        grade_say(g, "%s in a series of %" PRIu64 " requests: %s", outcome_word(student.outcome),
                  p.ops, why);
    else if (left)
        grade_say(g, "%s %.0f, good has %.0f in a series of %" PRIu64 " requests", left->name,
                  column_value(left, &student), column_value(left, &good), p.ops);
    else if (student.answer != good.answer)
        grade_say(g, "wrong answers in a series of %" PRIu64 " requests", p.ops);
    else
        grade_say(g,
                  "memory from malloc is never freed: %.1f bytes more with every request than good "
                  "in a series of %" PRIu64 " requests",
                  lost, p.ops);
    return STOPPED;
}

/* How many requests make a batch, by good alone: the student's twin may take what it will. */
static enum gate calibrate(struct grading *g, struct timing *t)
{
    uint64_t next = t->p.clients;

    for (int trial = 0; next && trial < 6; trial++) {
        struct sample s;
        t->p.ops = next;
        enum gate gate =
            grade_know_good(g, "good", timed_request(g, t, true), false, &s, &t->good_ms);
        if (gate != PASSED)
            return gate;
        t->memory_bytes = grade_memory(&s);
        t->good = s;
        next = batch_rescale(t->p.ops, s.wall_ns, t->p.clients);
        if (next > t->most_ops)
            next = t->p.ops == t->most_ops ? 0 : t->most_ops;
    }
    return PASSED;
}

/* STOPPED: a process of the student's did not come out as good's. */
static enum gate run_block(struct grading *g, struct timing *t, size_t block,
                           struct sample samples[BLOCK_SLOTS])
{
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        struct sample *s = &samples[slot];
        enum gate gate = block_side(block, slot) ? run_good(g, t, s) : run_student(g, t, s);
        if (gate != PASSED)
            return gate;
        s->block = (int64_t)block;
        s->slot = (int64_t)slot;
        if (block_side(block, slot))
            t->good = *s;
    }
    return PASSED;
}

/* What the same takes bad; 0: it does not come to its end. */
static enum gate run_bad(const struct grading *g, const struct timing *t, double *wall_ns)
{
    struct request r = request_make(g->e, executor_c(), TWIN_BAD, KIND_TIME, t->p);
    struct sample bad;

    if (!r.memory_bytes)
        r.memory_bytes = t->memory_bytes;
    int error = child_sample(&r, &bad);
    if (error)
        return grade_broken(g, error, NULL, NULL);
    *wall_ns = bad.outcome == OUTCOME_OK ? bad.wall_ns : 0;
    return PASSED;
}

/* Where the tip says nothing about time, twenty times good's is allowed.  Who is nowhere near that
 * on both sides of a process of good's is not looked at again: *settled.  Nor is who takes about as
 * long as bad, for that is no mistake there: where tasks end later than their requests, as bad's
 * do, each has a stack that was never used before, and on a busy machine that takes long. */
static enum gate run_crude(struct grading *g, struct timing *t, bool *settled)
{
    struct sample before, good, after;
    enum gate gate = run_student(g, t, &before);

    *settled = false;
    if (gate == PASSED)
        gate = run_good(g, t, &good);
    if (gate == PASSED)
        gate = run_student(g, t, &after);
    if (gate != PASSED)
        return gate;
    double ratio = fmin(before.wall_ns, after.wall_ns) / good.wall_ns;
    *settled = ratio < GRADE_PATIENCE / 4;
    grade_say(g, "no slower than may be: %.2f times its time; of time the tip says nothing", ratio);
    double bad = 0;
    if (!*settled && g->has_bad) {
        gate = run_bad(g, t, &bad);
        *settled = fmin(before.wall_ns, after.wall_ns) < 2 * bad;
    }
    return gate;
}

/* Not slower than may be in each of so many blocks. */
static bool is_within_in_all(const struct timing *t, size_t blocks)
{
    for (size_t i = 0; i < t->timed.n; i++)
        if (t->timed.log_ratio[i] > log1p(t->rule.margin))
            return false;
    return t->timed.n == blocks;
}

static void say_within(struct grading *g, const struct timing *t)
{
    double least = INFINITY, most = 0;

    for (size_t i = 0; i < t->timed.n; i++) {
        least = fmin(least, exp(t->timed.log_ratio[i]));
        most = fmax(most, exp(t->timed.log_ratio[i]));
    }
    grade_say(g, "no slower than may be: %.2f to %.2f times its time in %zu blocks, and up to %.2f",
              least, most, t->timed.n, 1 + t->rule.margin);
}

/* Blocks up to the look that settles it; the first series has a screen before.  *acquitted: within
 * the margin in each of its few blocks, and that has been said.  Who is beyond the margin has one
 * chance in sixteen of that, and loses the less the nearer he is to it; for everybody else the
 * looks would only cost time. */
static enum gate run_series(struct grading *g, struct timing *t, int series, bool *acquitted)
{
    enum { SCREEN = 4 };
    struct sample samples[RANKED_MAX * BLOCK_SLOTS];
    size_t block = 0;

    for (int look = series == 0 ? -1 : 0; look < LOOKS; look++) {
        for (; block < (look < 0 ? SCREEN : t->rule.looks[look]); block++) {
            enum gate gate = run_block(g, t, block, &samples[block * BLOCK_SLOTS]);
            if (gate != PASSED)
                return gate;
        }
        timed_collect(&t->timed, g->e->name, executor_c(), samples, block * BLOCK_SLOTS);
        *acquitted = look < 0 && is_within_in_all(t, SCREEN);
        if (*acquitted) {
            say_within(g, t);
            return PASSED;
        }
        t->decision = decide(&t->rule, t->timed.log_ratio, t->timed.n);
        if (t->decision.relation != REL_UNSURE)
            break;
    }
    return PASSED;
}

/* Does the tip say something of time that holds?  A claim that is to be refuted does not. */
static bool says_of_time(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, "time") == 0 && !t->claims[i].refuted)
            return true;
    return false;
}

/* By how much a student may be slower than good.  A classroom's machines are shared.  Where the
 * tip says by how much bad is slower, nearer to good than to that is right.  And where the counts
 * tell and the tip says nothing of time, a right solution may cost a task more than good, or wait
 * another way: what is slow there is what gets nowhere. */
static double allowed_margin(const struct tip *t, bool counts_tell)
{
    if (!tip_claims_time(t) || (counts_tell && !says_of_time(t)))
        return GRADE_PATIENCE - 1;
    return fmax(0.1, sqrt(claimed_ratio(t)) - 1);
}

static void say_time(struct grading *g, const struct decision *d, double margin)
{
    const char *words[] = { [REL_SLOWER] = "slower than good",
                            [REL_FASTER] = "faster than good",
                            [REL_SAME] =
                                margin < 1 ? "the same as good's" : "no slower than may be",
                            [REL_UNSURE] = "unsure, and that costs nothing" };

    int n = snprintf(g->says, sizeof g->says, "%s: %.2f times its time (%.2f to %.2f, %zu blocks",
                     words[d->relation], d->ratio, d->lo, d->hi, d->blocks);
    if (margin < 1)
        snprintf(g->says + n, sizeof g->says - (size_t)n, ", up to %.0f %% is no difference)",
                 100 * margin);
    else if (margin < GRADE_PATIENCE - 1)
        snprintf(g->says + n, sizeof g->says - (size_t)n, ", up to %.1f times may be)", 1 + margin);
    else
        snprintf(g->says + n, sizeof g->says - (size_t)n, "; of time the tip says nothing)");
}

/* A tip with offered load lets time pass on purpose.  What is about time alone is always timed. */
enum gate grade_time(struct grading *g, int most, int *points)
{
    const double margin = allowed_margin(g->e->tip, most == GRADE_TIME);
    const bool unsaid = margin == GRADE_PATIENCE - 1; /* of time the tip says nothing */
    struct timing t = { .p = tip_timing(g->e->tip),
                        .most_ops = unsaid ? MOST_UNTIMED : UINT64_MAX,
                        .rule = most > GRADE_TIME ? rule_full(margin, 1) : rule_quick(margin, 1) };

    *points = most;
    t.p.seed = g->seed & ((UINT64_C(1) << 40) - 1);
    bool offered = g->e->tip->dial == RATE;
    if (offered || (g->untimed && most == GRADE_TIME)) {
        grade_say(g, "not measured: %s",
                  offered ? "the requests come at a given rate" : "nobody asked");
        return PASSED;
    }
    enum gate gate = calibrate(g, &t);
    if (gate == PASSED)
        gate = run_counted(g, &t);
    if (gate == STOPPED)
        *points = 0;
    if (gate != PASSED)
        return gate;
    if (!unsaid) {
        g->timed = t.p;
        g->timed.ops = t.counted_ops;
    }
    for (int k = unsaid ? -1 : 0; k < SERIES; k++) {
        bool settled = false;
        gate = k < 0 ? run_crude(g, &t, &settled) : run_series(g, &t, k, &settled);
        if (gate == BROKEN || gate == NOT_NOW)
            return gate;
        if (settled)
            return PASSED;
        if (gate == PASSED && k >= 0 && t.decision.relation != REL_SLOWER) {
            say_time(g, &t.decision, margin);
            return PASSED;
        }
        if (gate == STOPPED && (k > 0 || g->takes)) {
            *points = 0;
            return STOPPED;
        }
    }
    *points = (int)fmin(GRADE_TIME - 1, GRADE_TIME * (1 + margin) / t.decision.ratio);
    say_time(g, &t.decision, margin);
    double claimed = claimed_ratio(g->e->tip);
    g->takes = claimed > 0 && t.decision.ratio >= claimed ? "counts" : NULL; /* as slow as bad is */
    return STOPPED;
}
