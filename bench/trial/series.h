/* SPDX-License-Identifier: MIT */
/* series.h - some pairs, run by turns and judged together.
 *
 * What is said of any measure of any pair holds together in 99 % of series (time_rule.h): more
 * pairs need more blocks of each. */
#ifndef SERIES_H
#define SERIES_H

#include "trial/trial.h"

struct series {
    /* What is asked for. */
    struct command prepare; /* before each run, not timed; text NULL: nothing */
    uint64_t warmups; /* runs of each command that are thrown away; there is always at least one */
    double budget_ns, margin;
    uint64_t most_runs; /* of a pair; 0: as many as the budget has room for */
    struct trial *trial[PAIRS_MAX];
    size_t n;
    struct journal *journal; /* where each run is kept; NULL: nowhere */

    /* What came of it. */
    size_t repeats; /* runs behind a value, which is their median */
    double spent_ns;
    bool interrupted;
    char note[400]; /* a sentence in place of the number of blocks; empty: none */
};

/* One more pair, blank but for its measures: time, processor time, peak memory and page faults.
 * NULL: said that it is one too many. */
struct trial *series_add(struct series *s);
void series_free(struct series *s);

/* Run them: up to the interim analyses at which all is settled, or the budget is spent, or the
 * runner is interrupted.  After a failure of a command, which is said in a line, nothing is
 * averaged.  The exit status: 0, 1, 2, or 130 if it was interrupted. */
int series_run(struct series *s);

/* Runs in all; are there blocks to judge? */
size_t series_runs(const struct series *s);
bool series_has_blocks(const struct series *s);

#endif
