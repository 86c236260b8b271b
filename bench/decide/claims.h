/* SPDX-License-Identifier: MIT */
/* claims.h - what follows from a tip's claims, before anything is measured. */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "inside/tips.h"

/* How the claim is decided: KIND_TIME, KIND_OUTCOME, KIND_SLOPE (bytes of memory over the
 * number of requests), else KIND_COUNT. */
enum kind claim_kind(const struct tip *t, const struct claim *c);

/* Is the claim decided by counts and outcomes alone, without statistics?  A claim on a column
 * that does not exist counts as such, so that it fails. */
bool claim_is_counted(const struct claim *c);

/* Does the tip claim something about this column ("rss_bytes"); about time? */
bool tip_claims_about(const struct tip *t, const char *column);
bool tip_claims_time(const struct tip *t);

/* Is every count that it claims something about, or its saying says something about, equal in every
 * run?  Then one process at a point tells it. */
bool tip_counts_exactly(const struct tip *t);

/* Does the tip claim these shapes of the two twins in that column, and expect the claim to hold? */
bool tip_claims_shapes(const struct tip *t, const char *column, enum expect bad, enum expect good);

/* How the processes of a twin should end: IS_OK if no claim is about that. */
enum expect tip_end(const struct tip *t, enum role twin);

/* May time be measured at all?  Both twins should end well; and of a tip
 * with offered load, the tip must claim something about time. */
bool tip_is_timed(const struct tip *t);

/* Does the bad twin pile something up from request to request?  Then it gets slower
 * the longer it runs, and only equal numbers of requests may be compared. */
bool tip_grows(const struct tip *t);

/* Does it say that bad leaves behind more tasks, the more requests there are? */
bool tip_leaves_tasks(const struct tip *t);

/* How many values has its curve? */
size_t tip_curve_points(const struct tip *t);

/* The parameters for timed processes, except the number of requests: the tip's own; and where
 * these do not set the dial, the last point of the dial. */
struct params tip_timing(const struct tip *t);

#endif
