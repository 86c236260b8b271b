/* SPDX-License-Identifier: MIT */
/* error_rates.h - how often the rule for time is right, on pairs whose truth is known.
 *
 * One program is timed again and again, in a fresh process each time.  In that series
 * nothing differs but the machine.  A stretch is as many processes in a row as the rule
 * needs for its last interim analysis.  A stretch is judged as if it were a pair, A B B A
 * and B A A B as in a run.  Its processes stay in the order they ran, so that drift and
 * neighbours have their effect.  A true difference is put in by multiplying the times of A.
 * How often the rule is right and how often wrong is what this machine can resolve.
 *
 * A stretch begins at every process, so stretches overlap.  That wastes nothing and biases
 * nothing, but a thousand of them are not a thousand experiments: beside every rate stands
 * how many stretches do not overlap. */
#ifndef ERROR_RATES_H
#define ERROR_RATES_H

#include "decide/decide.h"

/* A series, and the interval of each stretch at each interim analysis. */
struct error_rates {
    struct rule rule;
    size_t n;     /* stretches */
    size_t apart; /* how many of them do not overlap */
    struct {
        double lo[LOOKS], hi[LOOKS];
    } *stretch;
};

/* Judge every stretch of the times of `n` processes, in the order they ran.  0, -ENOMEM, or
 * -EINVAL if they are too few for one stretch.  error_rates_free() after any of them. */
int error_rates_judge(struct error_rates *e, const struct rule *r, const double *ns, size_t n);
void error_rates_free(struct error_rates *e);

/* How often the rule says what, if A truly takes 1 + effect times as long. */
struct tally {
    size_t said[REL_UNSURE + 1]; /* by enum relation */
    size_t wrong;                /* slower inside the margin, the same outside it, or faster */
    size_t n;                    /* stretches */
};
struct tally error_rates_at(const struct error_rates *e, double effect);

/* The smallest true effect, in whole percents, that the rule calls slower in this share of
 * the stretches; INFINITY if it does not even do so for ten times the time. */
double error_rates_resolves(const struct error_rates *e, double share);

/* For comparison, the usual way: USUAL_RUNS processes of one program, then as many of the
 * other, and Mann and Whitney's test at 5 %, as Google Benchmark's compare.py and
 * benchstat have it.  The share of all places in the series at which it would call the
 * program different from itself; NAN if the series is too short for one. */
enum { USUAL_RUNS = 10 };
double error_rates_usual(const double *ns, size_t n);

#endif
