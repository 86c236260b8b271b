/* SPDX-License-Identifier: MIT */
/* contract.h - whether a tip keeps its contract (patterns/pattern.h), by what its twins did.
 *
 * No sample is no proof: a contract of which something could not be compared is broken. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "decide/judge.h"

/* A tip under examination.  samples: of bad and good along the dial, in C several at each
 * point, and of null, as of any Go if the tip is in Go alone; of another executor also good in C,
 * whose answers it must give. */
struct exam {
    const struct entry *e;
    const struct executor *executor;
    const struct sample *samples;
    size_t n;
};

/* Is it by whom all of the tip's claims are judged, and nobody else's answers are needed: C, or any
 * Go of a tip in Go alone? */
bool exam_is_at_home(const struct exam *x);

/* The first thing that is broken, as a sentence that is valid until the next call; NULL: it
 * is kept. */
const char *contract_broken(const struct exam *x);

/* What was found of a contract that is kept. */
const char *contract_kept(const struct exam *x);

#endif
