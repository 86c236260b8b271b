/* SPDX-License-Identifier: MIT */
/* error_rates.c - the rule laid over a series, once for each stretch.
 *
 * An effect multiplies every time of A, so it adds the same to every block, and so to
 * both ends of the interval: the intervals are made once, without an effect, and moved.
 * (That they move so is a property of Walsh averages; a test puts it to the proof.) */
#include "decide/error_rates.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static void lay_stretch(struct power *p, size_t at, const double *ns)
{
    double blocks[DECIDE_MAX];
    size_t most = p->rule.looks[LOOKS - 1];

    for (size_t b = 0; b < most; b++)
        blocks[b] = block_value(b, ns + at + b * BLOCK_SLOTS);
    for (int look = 0; look < LOOKS; look++) {
        struct decision d = decide(&p->rule, blocks, p->rule.looks[look]);
        p->stretch[at].lo[look] = d.lo;
        p->stretch[at].hi[look] = d.hi;
    }
}

int power_lay(struct power *p, const struct rule *r, const double *ns, size_t n)
{
    size_t length = r->looks[LOOKS - 1] * BLOCK_SLOTS;

    *p = (struct power){ .rule = *r };
    if (n < length)
        return -EINVAL;
    p->n = n - length + 1;
    p->apart = n / length;
    p->stretch = calloc(p->n, sizeof *p->stretch);
    if (!p->stretch)
        return -ENOMEM;
    for (size_t at = 0; at < p->n; at++)
        lay_stretch(p, at, ns);
    return 0;
}

void power_free(struct power *p)
{
    free(p->stretch);
}

/* At the first look that tells something; a run goes no further either. */
static enum relation said_of(const struct power *p, size_t at, double effect)
{
    enum relation said = REL_UNSURE;

    for (int look = 0; look < LOOKS && said == REL_UNSURE; look++)
        said = decide_relation(p->stretch[at].lo[look] * (1 + effect),
                               p->stretch[at].hi[look] * (1 + effect), p->rule.margin);
    return said;
}

/* An effect of just the margin is on the edge: "slower" and "the same" are both
 * within a hair of it. */
static bool is_wrong(const struct power *p, enum relation said, double effect)
{
    return said == REL_FASTER || (said == REL_SLOWER && effect < p->rule.margin) ||
           (said == REL_SAME && effect > p->rule.margin);
}

struct rates power_rates(const struct power *p, double effect)
{
    struct rates r = { .n = p->n };

    for (size_t at = 0; at < p->n; at++) {
        enum relation said = said_of(p, at, effect);
        r.said[said]++;
        r.wrong += is_wrong(p, said, effect);
    }
    return r;
}

/* Which group each of the two halves is: what makes Kendall's count of discordant pairs
 * Mann and Whitney's U. */
static const double halves[2 * USUAL_RUNS] = { [USUAL_RUNS... 2 * USUAL_RUNS - 1] = 1 };

/* The largest U that is called a difference, at 5 % on both sides together. */
static size_t critical_u(void)
{
    size_t u = 0;

    while (2 * decide_discordant(halves, 2 * USUAL_RUNS, u + 1) <= 0.05)
        u++;
    return u;
}

static size_t u_of(const double *ns)
{
    size_t u = 0;

    for (size_t a = 0; a < USUAL_RUNS; a++)
        for (size_t b = USUAL_RUNS; b < 2 * USUAL_RUNS; b++)
            u += ns[b] < ns[a];
    return u;
}

double power_usual(const double *ns, size_t n)
{
    size_t critical = critical_u(), wrong = 0, places = 0;

    for (size_t at = 0; at + 2 * USUAL_RUNS <= n; at++, places++) {
        size_t u = u_of(ns + at);
        wrong += u <= critical || USUAL_RUNS * USUAL_RUNS - u <= critical;
    }
    return places ? (double)wrong / (double)places : NAN;
}

double power_resolves(const struct power *p, double share)
{
    for (int percent = 1; percent <= 900; percent++) {
        struct rates r = power_rates(p, percent / 100.0);
        if ((double)r.said[REL_SLOWER] >= share * (double)r.n)
            return percent / 100.0;
    }
    return INFINITY;
}
