/* SPDX-License-Identifier: MIT */
/* hist.h - many latencies in little room, good to three digits.
 *
 * The buckets are those of HdrHistogram: exact up to 2,047, then 1,024 equal ones
 * for each power of two, so that a value is known to within 0.1 % whatever its
 * size.  Not shared between threads. */
#ifndef HIST_H
#define HIST_H

#include <stdint.h>

struct hist;

/* NULL when memory runs out. */
struct hist *hist_make(void);
void hist_free(struct hist *h);

/* Count one value.  A negative one counts as 0. */
void hist_add(struct hist *h, int64_t value);

/* How many values. */
uint64_t hist_count(const struct hist *h);

/* The smallest value that at least `share` (0 < share <= 1) of the values do not exceed, at most
 * 0.1 % too large; of 1 the largest, exactly.  0 of none. */
int64_t hist_quantile(const struct hist *h, double share);

#endif
