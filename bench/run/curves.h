/* SPDX-License-Identifier: MIT */
/* curves.h - the twins timed at other sizes than the tip's own, to see where one becomes quicker
 * than the other.
 *
 * A tip names the sizes (tip.curve).  Each is timed in few blocks, in C and in the newest Go, with
 * an interval of its own at 95 %: a picture, from which no verdict follows. */
#ifndef CURVES_H
#define CURVES_H

#include "run/workloads.h"

/* Measure those of the tips among w.  A brief run leaves them out.  0 or a negative errno. */
int curves_run(const struct workloads *w, const struct scope *scope, struct runner *r);

#endif
