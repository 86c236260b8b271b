/* SPDX-License-Identifier: MIT */
/* scope.h - how much of everything a run measures. */
#ifndef SCOPE_H
#define SCOPE_H

#include "run/plan.h"

struct scope {
    const struct entry **tips; /* those of the run */
    size_t ntips;
    const struct entry **board; /* of the whole of which it is a part, else its own */
    size_t nboard;
    bool quick;
};

/* Small: of a few tips everything is measured.  Of more, time is only where it is claimed about,
 * and growth only where it can be: over requests.  Brief: quick, and not small.  A part measures
 * as much of its tips as the whole would. */
bool scope_is_small(const struct scope *s);
bool scope_is_brief(const struct scope *s);

/* Is this tip's time worth it in this run?  Is its growth? */
bool scope_times(const struct scope *s, const struct workload *w);
bool scope_follows(const struct scope *s, const struct workload *w);

/* How many processes count at each point of its parameter. */
size_t scope_count_runs(const struct scope *s, const struct workload *w);

#endif
