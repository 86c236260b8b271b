/* SPDX-License-Identifier: MIT */
/* growth.h - verdicts on memory over the number of requests.
 *
 * A leak goes on: each request costs as much memory in the end as in the beginning.  So two
 * slopes are computed, one over all points and one over the later points.  A twin whose memory
 * grows only at first, while it fills buffers, stacks or the lists of the allocator, has no
 * leak, however steep that growth is. */
#ifndef GROWTH_H
#define GROWTH_H

#include "decide/rank_intervals.h"
#include "decide/judge.h"

/* Bytes per request, at 95 %; of resident memory, what was there before the requests
 * does not count. */
struct growth {
    struct interval all;   /* over all points */
    struct interval later; /* without the first */
    double last;           /* from the last point but one to the last; NAN: one point */
    double over;           /* requests at the last point; beyond them nothing is known */
    enum trend trend;
};

/* Of a twin, from its "slope" samples.  all.mid is NAN if there are too few. */
struct growth growth_of(const struct column *c, const char *tip, const struct executor *x,
                        enum role twin, const struct sample *samples, size_t n);

/* GROWS if memory rises, FLAT if it is level or settles.  If it slows or creeps, it is neither
 * for certain. */
struct verdict judge_slope(const struct entry *e, const struct claim *c, const struct executor *x,
                           const struct sample *samples, size_t n);

#endif
