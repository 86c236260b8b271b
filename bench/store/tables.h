/* SPDX-License-Identifier: MIT */
/* tables.h - what was found, as the tables that a run leaves.
 *
 *   verdicts.csv  a line for each claim, the control first
 *   labels.csv    a line for each saying and executor, and for each saying over all
 *   blocks.csv    a line for each complete block of timed processes
 *   times.csv     a line for each timed pair, also where nothing is claimed
 *   curves.csv    a line for each size at which a pair was timed besides its own
 *   slopes.csv    a line for each twin whose memory was followed
 *   aged.csv      a line for each fact of how a tip aged and each Go that answered */
#ifndef TABLES_H
#define TABLES_H

#include "say/aged.h"
#include "say/findings.h"
#include "store/store.h"
#include "store/verdict_columns.h"

/* All of them into the run's folder.  0 or a negative errno. */
int tables_store(struct store *s, const struct findings *f);

/* aged.csv, of n answers.  0 or a negative errno. */
int tables_store_aged(struct store *s, const struct aged *list, size_t n);

/* The rows of a verdicts.csv that csv_open() has opened into *rows, malloc'd, *n of them.
 * They point into its text.  A number that the table does not have is NAN.  Those that judge
 * nothing (EMPTY) are left out, and so is what is no verdict, which is foreign to the table.
 * 0 or -ENOMEM. */
int tables_read_verdicts(struct csv *t, struct verdict_row **rows, size_t *n);

#endif
