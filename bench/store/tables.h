/* SPDX-License-Identifier: MIT */
/* tables.h - what was found, as the tables that a run leaves.
 *
 *   verdicts.csv  a line for each claim, the control first
 *   blocks.csv    a line for each complete block of timed processes
 *   times.csv     a line for each timed pair, also where nothing is claimed
 *   slopes.csv    a line for each twin whose memory was followed */
#ifndef TABLES_H
#define TABLES_H

#include "decide/findings.h"
#include "store/store.h"

/* All four into the run's folder.  0 or a negative errno. */
int tables_store(struct store *s, const struct findings *f);

#endif
