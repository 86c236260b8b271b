/* SPDX-License-Identifier: MIT */
/* judge_time.h - verdicts on time. */
#ifndef JUDGE_TIME_H
#define JUDGE_TIME_H

#include "decide/time_rule.h"
#include "decide/judge.h"

/* The control is stored as a tip of this name: its twins are TWIN_NULL and TWIN_GOOD. */
#define NULL_TIP "null"

/* Is it the verdict on a control? */
bool verdict_is_control(const struct verdict *v);

/* The complete blocks of a pair, from 0 on; the time of a request in each. */
struct timed {
    size_t placement[RANKED_MAX]; /* in which good ran; 0: the program itself */
    double half[2][RANKED_MAX];   /* log_ratio of the first process of each side, of the second */
    double log_ratio[RANKED_MAX]; /* by the clock, bad against good */
    double cpu_log_ratio[RANKED_MAX]; /* in processor time */
    double bad_ns[RANKED_MAX], good_ns[RANKED_MAX];
    double processors[RANKED_MAX]; /* that the busiest of its processes had on average */
    size_t workers;                /* of each process */
    size_t n;
    char trouble[160]; /* a process that did not come out OK; empty: none */
};

/* Out of a run's samples.  tip may be NULL_TIP. */
void timed_collect(struct timed *t, const char *tip, const struct executor *x,
                   const struct sample *samples, size_t n);

/* The same of the point of the tip's curve with that size. */
void timed_collect_at(struct timed *t, const char *tip, const struct executor *x, uint64_t size,
                      const struct sample *samples, size_t n);

/* How much the ratio of times varies with the placement of the code alone.  The two halves of a
 * block have the placement in common and nothing else, so this is the root of their covariance
 * over the blocks.  It is told from noise if the halves agree on which blocks are slow
 * (Kendall's test, 1 %). */
struct spread {
    size_t placements; /* different ones; 0: all blocks ran in the program itself */
    double share; /* a standard deviation: 0.09 is 9 %. 0: it could not be told from noise; NAN:
                     there are no placements */
};
struct spread timed_spread(const struct timed *t, size_t blocks);

/* The control in words, for a row: what it was depends on whether there were placements. */
const char *control_words(size_t placements);

/* What the claim's blocks say about it: for SLOWER, whether the interval lies above or
 * below the ratio claimed (at least the margin); for SAME, whether it lies inside the
 * margin. */
enum finding judge_relation(const struct claim *c, const struct rule *r, const struct decision *d);

/* UNSURE, too, where the workers of a pair were seldom at work at once, as on a machine with
 * much else to do: what they do to each other happens only where they run at once. */
struct verdict judge_time(const struct entry *e, const struct claim *c, const struct executor *x,
                          const struct rule *r, const struct timed *t);

/* The control: HOLDS if it came out the same, REFUTED if it came out different. */
struct verdict judge_control(const struct executor *x, const struct rule *r, const struct timed *t);

#endif
