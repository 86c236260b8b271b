/* SPDX-License-Identifier: MIT */
/* findings.h - everything that a run's samples say.
 *
 * Samples in, verdicts out: nothing is kept between the two and nothing is written
 * (store/tables.h does that), so a run that was interrupted, resumed, or judged again
 * later comes to the same words. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "decide/time_rule.h"
#include "decide/growth.h"
#include "decide/judge_time.h"
#include "say/label.h"

/* What is judged, and by what. */
struct evidence {
    const struct sample *samples; /* of the run, any order */
    size_t n;
    const struct rule *rule; /* for time */
};

/* The complete blocks of a pair that was timed. */
struct pair_blocks {
    const char *tip; /* NULL_TIP: the control */
    const struct executor *executor;
    struct timed timed;
};

/* What they say, whether the tip claims something about time or not. */
struct pairing {
    const char *tip;
    const struct executor *executor;
    bool claimed;
    struct decision decision;
    struct spread spread; /* of the blocks behind the decision */
};

/* Growth of resident memory, for a twin. */
struct memory {
    const char *tip;
    enum role twin;
    const struct executor *executor;
    struct growth growth;
};

/* Time at one value of a tip's curve. */
struct curve_point {
    const char *tip;
    const struct executor *executor;
    uint64_t size;
    struct interval log_ratio; /* of bad against good, at 95 %, of this point alone */
    double bad_ns, good_ns;    /* medians of the blocks, for a request */
    size_t blocks;
};

struct findings {
    struct verdict *verdicts; /* the control first, then tip by tip */
    size_t nverdicts;
    struct pair_blocks *blocks; /* in the same order, as are the following */
    size_t nblocks;
    struct pairing *pairings; /* those with enough blocks for the first interim analysis */
    size_t npairings;
    struct memory *memories;
    size_t nmemories;
    struct curve_point *curves; /* rising within a tip and executor */
    size_t ncurves;
    struct saying *sayings; /* tip by tip: each executor that ran it, then the tip as a whole */
    size_t nsayings;
};

/* Is nothing said of time there?  An executor that was measured with a control is judged by its
 * own, each Go apart from the others; C on another heap, which has none, by C's.  It is so where
 * the control came out different, or could not be told to be the same. */
bool findings_withhold(const struct findings *f, const struct executor *x);

/* Judge these tips.  0 or -ENOMEM; the findings are the caller's to free.  They point into
 * the names of the tips. */
int findings_make(struct findings *f, const struct entry *const *tips, size_t ntips,
                  const struct evidence *ev);
void findings_free(struct findings *f);

#endif
