/* SPDX-License-Identifier: MIT */
/* scope.h - which tips a run measures, and how thoroughly. */
#ifndef SCOPE_H
#define SCOPE_H

#include "run/plan.h"

struct scope {
    const struct entry **tips; /* those of the run */
    size_t ntips;
    const struct entry **board; /* of the run that this one is a part of; else the same */
    size_t nboard;
    bool quick;
};

/* Small: a run of few tips, which measures everything of them.  A larger run measures time only
 * where a tip claims something about it, and growth only where it can be claimed: over requests.
 * Brief: quick and not small.  A run that is a part measures as much of its tips as the whole
 * would. */
bool scope_is_small(const struct scope *s);
bool scope_is_brief(const struct scope *s);

/* Is this tip timed in this run?  Is the growth of its memory followed? */
bool scope_times(const struct scope *s, const struct workload *w);
bool scope_follows(const struct scope *s, const struct workload *w);

/* How many processes count at each point of its parameter. */
size_t scope_count_runs(const struct scope *s, const struct workload *w);

#endif
