/* SPDX-License-Identifier: MIT */
/* judge_time.h - verdicts that need statistics: time, and growth of memory. */
#ifndef JUDGE_TIME_H
#define JUDGE_TIME_H

#include "decide.h"
#include "judge.h"

/* --- time --- */

/* The complete blocks of a pair, from 0 on; the time of a request in each. */
struct timed {
    double log_ratio[DECIDE_MAX];     /* by the clock, bad against good */
    double cpu_log_ratio[DECIDE_MAX]; /* in processor time */
    double bad_ns[DECIDE_MAX], good_ns[DECIDE_MAX];
    size_t n;
    char trouble[160]; /* a process that did not come out OK; empty: none */
};

/* Out of a run's samples.  tip may be "null". */
void timed_collect(struct timed *t, const char *tip, const char *lang,
                   const struct sample *samples, size_t n);

/* What the claim's blocks say about it: for SLOWER, whether the interval lies above or
 * below the ratio claimed (at least the margin); for SAME, whether it lies inside the
 * margin. */
enum finding judge_relation(const struct claim *c, const struct rule *r,
                            const struct decision *d);

struct verdict judge_time(const struct entry *e, size_t claim, const char *lang,
                          const struct rule *r, const struct timed *t);

/* The null pair: HOLDS if it came out the same, REFUTED if it came out different. */
struct verdict judge_null(const char *lang, const struct rule *r, const struct timed *t);

/* --- growth --- */

/* Is it a claim on bytes of memory over the number of requests? */
bool is_slope_claim(const struct entry *e, const struct claim *c);

/* Bytes per request of a twin, from its "slope" samples, at 95 %. */
struct interval slope_of(const struct column *c, const char *tip, const char *lang,
                         const char *twin, const struct sample *samples, size_t n);

/* GROWS if at least LEAK_BYTES a request are certain, FLAT if less are. */
enum { LEAK_BYTES = 16 };
struct verdict judge_slope(const struct entry *e, size_t claim, const char *lang,
                           const struct sample *samples, size_t n);

#endif
