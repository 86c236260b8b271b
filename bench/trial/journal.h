/* SPDX-License-Identifier: MIT */
/* journal.h - a folder with every run of a series, a row each, so that it can go on later.
 *
 *     ab.json       what was asked for, and in which folder
 *     plan.json     the pairs, how many blocks, how many runs behind a value
 *     pair-1.csv    the runs of the first pair, as they ended; and so on
 *
 * A row that is damaged costs the block that it is in: four runs belong together because they
 * came one after the other, so that block is run again as a whole.  What goes wrong is said
 * here, in one line that names the file. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "trial/trial.h"

#include <jansson.h>

struct journal;

struct plan {
    size_t repeats, blocks;
};

/* Begin one in a folder, which is made if need be.  `asked` is borrowed; it is kept when there is
 * a plan.  NULL: said why not. */
struct journal *journal_begin(const char *folder, const json_t *asked);

/* Go on with one.  *asked: what journal_begin() was given; the caller's.  NULL: said why not. */
struct journal *journal_resume(const char *folder, json_t **asked);

/* A folder that was made here and holds nothing is removed. */
void journal_close(struct journal *j);

/* A new journal keeps this plan.  Of one that goes on, the pairs must be those that it is of;
 * *plan becomes its plan, and its complete blocks go into the trials, where `kept` says so.
 * 0, or a negative errno. */
int journal_plan(struct journal *j, struct trial *const trial[], size_t n, struct plan *plan);

/* Which run of a series one is. */
struct run_place {
    size_t pair, block, slot, repeat;
};

/* Add a run: a row in one write.  0, or a negative errno. */
int journal_add(struct journal *j, const struct trial *t, const struct run_place *at,
                const double value[MEASURES_MAX], uint64_t hash);

#endif
