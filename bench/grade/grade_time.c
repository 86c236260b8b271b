/* SPDX-License-Identifier: MIT */
/* grade_time.c - the last gate: time, relative to the good twin in the same blocks.
 *
 * The rule is that of `bench` (decide.h), with its quick looks; with its full ones where the tip
 * is about time alone.  A point is lost only if two series of blocks, one after the other, both
 * say SLOWER.  Then, of the 20 points, the part is left that the good twin's time is of the
 * student's. */
#include "decide/claims.h"
#include "grade/grade.h"
#include "decide/judge_time.h"

#include <math.h>
#include <string.h>

enum { SERIES = 2 };

struct timing {
    struct params p;
    int64_t good_ms; /* what a process of good took, to its end */
    uint64_t
        memory_bytes; /* of both: a process with a cap counts what it serves, and that takes time */
    struct timed timed;
    struct decision decision;
    struct rule rule;
};

/* One timed process of either twin. */
static int run_timed(const struct grading *g, const struct timing *t, bool good, struct sample *out,
                     char why[CHILD_WHY])
{
    struct request r =
        request_make(g->e, executor_c(), good ? TWIN_GOOD : TWIN_BAD, KIND_TIME, t->p);

    if (!good)
        r.timeout_ms = (int64_t)g->grace_ms + GRADE_PATIENCE * t->good_ms;
    if (!r.memory_bytes)
        r.memory_bytes = t->memory_bytes;
    return grade_run(g, good ? "good" : "student", r, out, why);
}

/* How many requests make a batch, by good alone: the student's twin may take what it will. */
static enum gate calibrate(struct grading *g, struct timing *t)
{
    uint64_t next = t->p.clients;

    for (int trial = 0; next && trial < 6; trial++) {
        char why[CHILD_WHY];
        struct sample s;
        int64_t start = grade_now_ms();
        t->p.ops = next;
        int error = run_timed(g, t, true, &s, why);
        if (error || s.outcome != OUTCOME_OK)
            return grade_broken(g, error, &s, why);
        t->good_ms = grade_now_ms() - start;
        t->memory_bytes = grade_memory(&s);
        next = batch_rescale(t->p.ops, s.wall_ns, t->p.clients);
    }
    return PASSED;
}

/* STOPPED: a process of the student's did not come out OK. */
static enum gate run_block(struct grading *g, const struct timing *t, size_t block,
                           struct sample samples[BLOCK_SLOTS])
{
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        bool good = block_side(block, slot);
        char why[CHILD_WHY];
        int error = run_timed(g, t, good, &samples[slot], why);
        samples[slot].block = (int64_t)block;
        samples[slot].slot = (int64_t)slot;
        bool ok = !error && samples[slot].outcome == OUTCOME_OK;
        if (error || (good && !ok))
            return grade_broken(g, error, &samples[slot], why);
        if (!ok) {
            grade_say(g, "a timed process came out %s: %s", outcome_word(samples[slot].outcome),
                      why);
            return STOPPED;
        }
    }
    return PASSED;
}

/* Blocks up to the look that settles it. */
static enum gate run_series(struct grading *g, struct timing *t)
{
    struct sample samples[DECIDE_MAX * BLOCK_SLOTS];
    size_t block = 0;

    for (int look = 0; look < LOOKS; look++) {
        for (; block < t->rule.looks[look]; block++) {
            enum gate gate = run_block(g, t, block, &samples[block * BLOCK_SLOTS]);
            if (gate != PASSED)
                return gate;
        }
        timed_collect(&t->timed, g->e->name, executor_c(), samples, block * BLOCK_SLOTS);
        t->decision = decide(&t->rule, t->timed.log_ratio, t->timed.n);
        if (t->decision.relation != REL_UNSURE)
            break;
    }
    return PASSED;
}

static void say_time(struct grading *g, const struct decision *d, double margin)
{
    const char *words[] = { [REL_SLOWER] = "slower than good",
                            [REL_FASTER] = "faster than good",
                            [REL_SAME] = "the same as good's",
                            [REL_UNSURE] = "unsure, and that costs nothing" };

    grade_say(g,
              "%s: %.2f times its time (%.2f to %.2f, %zu blocks, up to %.0f %% is no "
              "difference)%s",
              words[d->relation], d->ratio, d->lo, d->hi, d->blocks, 100 * margin,
              d->hi < 0.5 ? "; so much faster that one should see whether it does all of the work"
                          : "");
}

/* A tip with offered load lets time pass on purpose.  What is about time alone is always timed. */
enum gate grade_time(struct grading *g, int most, int *points)
{
    const double margin = 0.1; /* a classroom's machines are shared */
    struct timing t = { .p = tip_timing(g->e->tip),
                        .rule = most > GRADE_TIME ? rule_full(margin) : rule_quick(margin) };

    *points = most;
    t.p.seed = g->seed & ((UINT64_C(1) << 40) - 1);
    bool offered = g->e->tip->dial == RATE;
    if (offered || (g->untimed && most == GRADE_TIME)) {
        grade_say(g, "not measured: %s",
                  offered ? "the requests come at a given rate" : "nobody asked");
        return PASSED;
    }
    if (calibrate(g, &t) == BROKEN)
        return BROKEN;
    for (int k = 0; k < SERIES; k++) {
        enum gate gate = run_series(g, &t);
        if (gate == BROKEN)
            return BROKEN;
        if (gate == PASSED && t.decision.relation != REL_SLOWER) {
            say_time(g, &t.decision, margin);
            return PASSED;
        }
        if (gate == STOPPED && k > 0) {
            *points = 0;
            return STOPPED;
        }
    }
    *points = (int)fmin(GRADE_TIME - 1, GRADE_TIME * (1 + margin) / t.decision.ratio);
    say_time(g, &t.decision, margin);
    return STOPPED;
}
