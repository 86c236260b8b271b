/* SPDX-License-Identifier: MIT */
/* tables.h - what was found, as the tables that a run leaves.
 *
 *   verdicts.csv  a line for each claim, the control first
 *   labels.csv    a line for each saying and executor, and for each saying over all
 *   blocks.csv    a line for each complete block of timed processes
 *   times.csv     a line for each timed pair, also where nothing is claimed
 *   slopes.csv    a line for each twin whose memory was followed */
#ifndef TABLES_H
#define TABLES_H

#include "decide/findings.h"
#include "store/store.h"
#include "store/verdict_columns.h"

/* All of them into the run's folder.  0 or a negative errno. */
int tables_store(struct store *s, const struct findings *f);

/* The rows of a verdicts.csv into *rows, malloc'd, *n of them.  They point into text, which
 * is cut into its fields.  A number that the table does not have is NAN.  Torn rows are
 * left out, and those that judge nothing (EMPTY).  0 or -ENOMEM. */
int tables_read_verdicts(char *text, struct verdict_row **rows, size_t *n);

#endif
