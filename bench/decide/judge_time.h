/* SPDX-License-Identifier: MIT */
/* judge_time.h - verdicts on time. */
#ifndef JUDGE_TIME_H
#define JUDGE_TIME_H

#include "decide/decide.h"
#include "decide/judge.h"

/* The control is stored as a tip of this name: its twins are TWIN_NULL and TWIN_GOOD. */
#define NULL_TIP "null"

/* The complete blocks of a pair, from 0 on; the time of a request in each. */
struct timed {
    double log_ratio[DECIDE_MAX];     /* by the clock, bad against good */
    double cpu_log_ratio[DECIDE_MAX]; /* in processor time */
    double bad_ns[DECIDE_MAX], good_ns[DECIDE_MAX];
    size_t n;
    char trouble[160]; /* a process that did not come out OK; empty: none */
};

/* Out of a run's samples.  tip may be NULL_TIP. */
void timed_collect(struct timed *t, const char *tip, const struct executor *x,
                   const struct sample *samples, size_t n);

/* What the claim's blocks say about it: for SLOWER, whether the interval lies above or
 * below the ratio claimed (at least the margin); for SAME, whether it lies inside the
 * margin. */
enum finding judge_relation(const struct claim *c, const struct rule *r, const struct decision *d);

struct verdict judge_time(const struct entry *e, const struct claim *c, const struct executor *x,
                          const struct rule *r, const struct timed *t);

/* The control: HOLDS if it came out the same, REFUTED if it came out different. */
struct verdict judge_control(const struct executor *x, const struct rule *r, const struct timed *t);

#endif
