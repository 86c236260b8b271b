/* SPDX-License-Identifier: MIT */
/* median.h - the middle of some numbers. */
#ifndef MEDIAN_H
#define MEDIAN_H

#include <stddef.h>

/* Of n >= 1 values, which are put in order; of an even number the mean of the two
 * in the middle. */
double median(double *values, size_t n);

#endif
