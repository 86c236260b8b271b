/* SPDX-License-Identifier: MIT */
/* error_rates.h - what the rule for time says of pairs whose truth is known.
 *
 * One program, timed again and again in fresh processes, is a series in which nothing
 * differs but the machine.  A stretch is as much of it as the rule needs for its last
 * look.  The processes of a stretch are taken for a pair, A B B A and B A A B as in a
 * run; they stand in the order they ran, so that drift and neighbours stay in.  A true
 * effect is put in by multiplying the times of A.  What the rule then says can be
 * right or wrong, and how often it is which, is what this machine can resolve.
 *
 * Stretches begin at every process and so overlap: that wastes nothing and biases
 * nothing, but a thousand of them are not a thousand experiments.  How many do not
 * overlap is told beside every rate. */
#ifndef ERROR_RATES_H
#define ERROR_RATES_H

#include "decide/decide.h"

/* A series, and the interval that each stretch gives at each look. */
struct power {
    struct rule rule;
    size_t n;     /* stretches */
    size_t apart; /* of which so many do not overlap */
    struct {
        double lo[LOOKS], hi[LOOKS];
    } *stretch;
};

/* Lay the rule over the times of `n` processes, in the order they ran.  0, -ENOMEM, or
 * -EINVAL if they are too few for one stretch.  power_free() after any of them. */
int power_lay(struct power *p, const struct rule *r, const double *ns, size_t n);
void power_free(struct power *p);

/* What is said of all stretches if A truly takes 1 + effect times as long. */
struct rates {
    size_t said[REL_UNSURE + 1]; /* by enum relation */
    size_t wrong;                /* slower within the margin, the same beyond it, or faster */
    size_t n;
};
struct rates power_rates(const struct power *p, double effect);

/* The smallest true effect, in whole percents, that is told as slower in this share of
 * the stretches; INFINITY if even a tenfold one is not. */
double power_resolves(const struct power *p, double share);

/* For comparison, the usual way: USUAL_RUNS processes of the one, then as many of the
 * other, and Mann and Whitney's test at 5 %, as Google Benchmark's compare.py and
 * benchstat have it.  The share of all places in the series at which it would call the
 * one program different from itself; NAN if there is none. */
enum { USUAL_RUNS = 10 };
double power_usual(const double *ns, size_t n);

#endif
