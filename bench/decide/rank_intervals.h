/* SPDX-License-Identifier: MIT */
/* rank_intervals.h - intervals for a centre and for a slope, from ranks.
 *
 * No normal distribution is assumed.  The intervals are those of rank tests, exact for these small
 * numbers. */
#ifndef RANK_INTERVALS_H
#define RANK_INTERVALS_H

#include <stddef.h>

/* An estimate and where the truth lies at the confidence asked for.  If there are
 * too few values for that confidence, lo and hi are infinite. */
struct interval {
    double mid, lo, hi;
};

enum { RANKED_MAX = 128 }; /* values given to any function here */

/* P(W <= w): W is the sum of the ranks of the positive ones among n values that
 * lie symmetrically around 0 (Wilcoxon's signed ranks). */
double rank_signed_up_to(size_t n, size_t w);

/* The centre of n values: median of their Walsh averages (Hodges and Lehmann), with
 * the interval of the signed-rank test.  NAN of none. */
struct interval rank_centre(const double *value, size_t n, double confidence);

/* P(D <= d): D is the number of discordant pairs if y has nothing to do with x
 * (Kendall).  x may have ties, y not. */
double rank_discordant_up_to(const double *x, size_t n, size_t d);

/* The slope of y over x: median of the slopes of all pairs whose x differ (Theil and
 * Sen), with the interval of Kendall's test.  NAN if no two x differ. */
struct interval rank_slope(const double *x, const double *y, size_t n, double confidence);

#endif
