/* SPDX-License-Identifier: MIT */
/* contract.h - whether a tip keeps its contract (patterns/pattern.h), judged by what its twins did.
 *
 * A check without samples proves nothing: it counts as a broken contract. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "decide/judge.h"

/* A tip that is checked, by one executor.  The samples are of bad and of good at each point of
 * the dial.  An executor that is at home (below) has several samples at each point, and samples
 * of the control.  For any other executor there are also samples of good in C, whose answers it
 * must give. */
struct exam {
    const struct entry *e;
    const struct executor *executor;
    const struct sample *samples;
    size_t n;
};

bool exam_is_in_c(const struct exam *x);

/* Is the executor at home: C, or any Go where the tip has twins in Go alone?  Then all claims of
 * the tip are judged, and its answers need not agree with those of another executor. */
bool exam_is_at_home(const struct exam *x);

/* The first thing that is broken, as a sentence that is valid until the next call; NULL: it
 * is kept. */
const char *contract_broken(const struct exam *x);

/* What was found of a contract that is kept. */
const char *contract_kept(const struct exam *x);

#endif
