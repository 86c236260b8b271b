/* SPDX-License-Identifier: MIT */
/* scope.c - few tips or many, quick or full. */
#include "run/scope.h"

enum { SMALL_TIPS = 12 };

bool scope_is_small(const struct scope *s)
{
    return s->ntips <= SMALL_TIPS;
}

bool scope_is_brief(const struct scope *s)
{
    return s->quick && !scope_is_small(s);
}

bool scope_times(const struct scope *s, const struct workload *w)
{
    bool all = w->executor->language == LANGUAGE_GO ? scope_is_small(s) : !scope_is_brief(s);

    return w->batch && (all || tip_claims_time(w->e->tip));
}

/* Only over requests can growth be claimed. */
bool scope_follows(const struct scope *s, const struct workload *w)
{
    return !scope_is_brief(s) || w->e->tip->dial == OPS;
}
