/* SPDX-License-Identifier: MIT */
/* expected.c - folklore is expected to be refuted, and a claim that Go makes otherwise to
 * come out otherwise there. */
#include "decide/expected.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* "1.9" is before "1.23", and "1.23.4" is not before "1.23". */
static bool is_before(const char *release, const char *since)
{
    int a = INT_MAX, b = 0, c = 0, d = 0;

    sscanf(release, "%d.%d", &a, &b);
    sscanf(since, "%d.%d", &c, &d);
    return a < c || (a == c && b < d);
}

static bool differs(const struct claim *c, const char *go)
{
    return c->go.why && !(c->go.since && is_before(go, c->go.since));
}

enum finding claim_expects(const struct claim *c, const char *lang, const char *go)
{
    bool refuted = c->refuted != (strcmp(lang, "go") == 0 && differs(c, go));

    return refuted ? REFUTED : HOLDS;
}
