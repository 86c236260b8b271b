/* SPDX-License-Identifier: MIT */
/* scope.c - how much is measured, by how many tips there are and whether the run is quick. */
#include "run/scope.h"

#include "decide/judge.h"

enum { SMALL_TIPS = 12 };

bool scope_is_small(const struct scope *s)
{
    return s->nboard <= SMALL_TIPS;
}

bool scope_is_brief(const struct scope *s)
{
    return s->quick && !scope_is_small(s);
}

bool scope_times(const struct scope *s, const struct workload *w)
{
    return w->batch && (scope_is_small(s) || tip_claims_time(w->e->tip));
}

/* Only over requests can growth be claimed. */
bool scope_follows(const struct scope *s, const struct workload *w)
{
    return scope_is_small(s) || w->e->tip->dial == OPS;
}

/* Three must agree, or their median counts.  Of many tips those count once whose counts are equal
 * in every run, as `check` proves; older releases count once in any run, and so does Go in a quick
 * one, for C has proved the same.  What comes out as not expected is counted again anyway.  A quick
 * run saves a process, too, where a load is offered, which takes its time. */
size_t scope_count_runs(const struct scope *s, const struct workload *w)
{
    const struct tip *t = w->e->tip;
    bool go = w->executor->language == LANGUAGE_GO;

    if ((go && (s->quick || executor_is_older(w->executor))) ||
        (!scope_is_small(s) && tip_counts_exactly(t)))
        return 1;
    return s->quick && t->dial == RATE ? COUNT_RUNS - 1 : COUNT_RUNS;
}
