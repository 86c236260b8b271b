/* SPDX-License-Identifier: MIT */
/* error_rates.c - judge every stretch of a series by the rule.
 *
 * An effect multiplies every time of A, so it adds the same to every block, and so to
 * both ends of the interval: the intervals are made once, without an effect, and moved.
 * (That they move so is a property of Walsh averages; a test puts it to the proof.) */
#include "decide/error_rates.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static void judge_stretch(struct error_rates *e, size_t at, const double *ns)
{
    double blocks[DECIDE_MAX];
    size_t most = e->rule.looks[LOOKS - 1];

    for (size_t b = 0; b < most; b++)
        blocks[b] = block_value(b, ns + at + b * BLOCK_SLOTS);
    for (int look = 0; look < LOOKS; look++) {
        struct decision d = decide(&e->rule, blocks, e->rule.looks[look]);
        e->stretch[at].lo[look] = d.lo;
        e->stretch[at].hi[look] = d.hi;
    }
}

int error_rates_judge(struct error_rates *e, const struct rule *r, const double *ns, size_t n)
{
    size_t length = r->looks[LOOKS - 1] * BLOCK_SLOTS;

    *e = (struct error_rates){ .rule = *r };
    if (n < length)
        return -EINVAL;
    e->n = n - length + 1;
    e->apart = n / length;
    e->stretch = calloc(e->n, sizeof *e->stretch);
    if (!e->stretch)
        return -ENOMEM;
    for (size_t at = 0; at < e->n; at++)
        judge_stretch(e, at, ns);
    return 0;
}

void error_rates_free(struct error_rates *e)
{
    free(e->stretch);
}

/* The word at the first interim analysis that has one; a run stops there too. */
static enum relation said_of(const struct error_rates *e, size_t at, double effect)
{
    enum relation said = REL_UNSURE;

    for (int look = 0; look < LOOKS && said == REL_UNSURE; look++)
        said = decide_relation(e->stretch[at].lo[look] * (1 + effect),
                               e->stretch[at].hi[look] * (1 + effect), e->rule.margin);
    return said;
}

/* An effect of exactly the margin lies on the edge: neither "slower" nor "the same" is
 * wrong. */
static bool is_wrong(const struct error_rates *e, enum relation said, double effect)
{
    return said == REL_FASTER || (said == REL_SLOWER && effect < e->rule.margin) ||
           (said == REL_SAME && effect > e->rule.margin);
}

struct tally error_rates_at(const struct error_rates *e, double effect)
{
    struct tally r = { .n = e->n };

    for (size_t at = 0; at < e->n; at++) {
        enum relation said = said_of(e, at, effect);
        r.said[said]++;
        r.wrong += is_wrong(e, said, effect);
    }
    return r;
}

/* The group of each value, 0 or 1.  Kendall's count of discordant pairs between the groups
 * and the values is Mann and Whitney's U. */
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

double error_rates_usual(const double *ns, size_t n)
{
    size_t critical = critical_u(), wrong = 0, places = 0;

    for (size_t at = 0; at + 2 * USUAL_RUNS <= n; at++, places++) {
        size_t u = u_of(ns + at);
        wrong += u <= critical || USUAL_RUNS * USUAL_RUNS - u <= critical;
    }
    return places ? (double)wrong / (double)places : NAN;
}

double error_rates_resolves(const struct error_rates *e, double share)
{
    for (int percent = 1; percent <= 900; percent++) {
        struct tally r = error_rates_at(e, percent / 100.0);
        if ((double)r.said[REL_SLOWER] >= share * (double)r.n)
            return percent / 100.0;
    }
    return INFINITY;
}
