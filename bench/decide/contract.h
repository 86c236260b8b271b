/* SPDX-License-Identifier: MIT */
/* contract.h - whether a tip keeps its contract (patterns/pattern.h), by what its twins did.
 *
 * No sample is no proof: a contract of which something could not be compared is broken. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "decide/judge.h"

/* A tip under examination, by one executor.  Its samples are of bad and of good at each point of
 * the dial.  Of an executor at home there are several at each point, and null's, too.  Of another
 * one there are also those of good in C, whose answers it must give. */
struct exam {
    const struct entry *e;
    const struct executor *executor;
    const struct sample *samples;
    size_t n;
};

bool exam_is_in_c(const struct exam *x);

/* Is its executor at home: C, or any Go of a tip that is in Go alone?  It judges all claims of the
 * tip, and nobody else's answers are needed. */
bool exam_is_at_home(const struct exam *x);

/* The first thing that is broken, as a sentence that is valid until the next call; NULL: it
 * is kept. */
const char *contract_broken(const struct exam *x);

/* What was found of a contract that is kept. */
const char *contract_kept(const struct exam *x);

#endif
