/* SPDX-License-Identifier: MIT */
/* decide.c - exact rank intervals, and the rule that uses them.
 *
 * Both intervals are made alike.  There is a list of candidates (averages or
 * slopes of pairs), and a statistic that says how many of them lie below the
 * truth.  Its distribution is known exactly, by counting, so the k-th smallest and
 * the k-th largest candidate enclose the truth with a known probability.  The
 * counting is a product of polynomials: the coefficient of q^w counts the ways to
 * reach w. */
#include "decide/decide.h"

#include "inside/median.h"

#include <math.h>

enum { MAX_PAIRS = DECIDE_MAX * (DECIDE_MAX + 1) / 2 };

/* p[w] = probability, or a count, of w; all w up to the largest. */
struct distribution {
    double p[MAX_PAIRS + 1];
    size_t top;
};

static double up_to(const struct distribution *d, size_t w)
{
    double sum = 0;

    for (size_t i = 0; i <= w && i <= d->top; i++)
        sum += d->p[i];
    return sum;
}

/* From how far inside the ends of the sorted candidates the interval may be taken:
 * the largest k with P(fewer than k) <= alpha / 2, or 0. */
static size_t depth(const struct distribution *d, double confidence)
{
    double tail = 0, alpha = 1 - confidence;
    size_t k = 0;

    while (k <= d->top && tail + d->p[k] <= alpha / 2)
        tail += d->p[k++];
    return k;
}

static struct interval enclose(double *candidate, size_t n, const struct distribution *d,
                               double confidence)
{
    if (n == 0)
        return (struct interval){ NAN, -INFINITY, INFINITY };
    double mid = median(candidate, n); /* which puts them in order */
    size_t k = depth(d, confidence);
    if (k == 0)
        return (struct interval){ mid, -INFINITY, INFINITY };
    return (struct interval){ mid, candidate[k - 1], candidate[n - k] };
}

/* --- signed ranks --- */

/* Rank r is positive or not, each with one half: a factor (1 + q^r) / 2 each. */
static void signed_ranks(size_t n, struct distribution *d)
{
    *d = (struct distribution){ .p = { 1 } };
    for (size_t r = 1; r <= n; r++) {
        d->top += r;
        for (size_t w = d->top + 1; w-- > 0;)
            d->p[w] = (d->p[w] + (w >= r ? d->p[w - r] : 0)) / 2;
    }
}

double decide_signed_rank(size_t n, size_t w)
{
    struct distribution d;

    signed_ranks(n, &d);
    return up_to(&d, w);
}

struct interval decide_centre(const double *value, size_t n, double confidence)
{
    struct distribution d;
    double walsh[MAX_PAIRS];
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            walsh[k++] = (value[i] + value[j]) / 2;
    signed_ranks(n, &d);
    return enclose(walsh, k, &d, confidence);
}

/* --- slopes --- */

/* Times (1 - q^r), in place. */
static void times(struct distribution *d, size_t r)
{
    d->top += r;
    for (size_t w = d->top; w >= r; w--)
        d->p[w] -= d->p[w - r];
}

/* Divided by (1 - q^r), which it is a multiple of. */
static void divided(struct distribution *d, size_t r)
{
    for (size_t w = r; w <= d->top; w++)
        d->p[w] += d->p[w - r];
    d->top -= r;
}

static size_t equal_to(const double *x, size_t n, double v)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += x[i] == v;
    return k;
}

/* Which of its equals x[i] is, from 1. */
static size_t place(const double *x, size_t i)
{
    return equal_to(x, i + 1, x[i]);
}

/* Orders of y by their discordant pairs: the q-multinomial coefficient, [n]! over
 * the [g]! of each group of g equal x.  Factors go in and out by turns, so that the
 * coefficients stay whole numbers of moderate size. */
static void discordant(const double *x, size_t n, struct distribution *d)
{
    *d = (struct distribution){ .p = { 1 } };
    for (size_t i = 0; i < n; i++) {
        times(d, i + 1);
        divided(d, place(x, i));
    }
    double all = up_to(d, d->top);
    for (size_t w = 0; w <= d->top; w++)
        d->p[w] /= all;
}

double decide_discordant(const double *x, size_t n, size_t d)
{
    struct distribution dist;

    discordant(x, n, &dist);
    return up_to(&dist, d);
}

struct interval decide_slope(const double *x, const double *y, size_t n, double confidence)
{
    struct distribution d;
    double slope[MAX_PAIRS];
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (x[i] != x[j])
                slope[k++] = (y[j] - y[i]) / (x[j] - x[i]);
    discordant(x, n, &d);
    return enclose(slope, k, &d, confidence);
}

/* --- the rule --- */

const char *relation_word(enum relation r)
{
    static const char *const words[] = { [REL_SLOWER] = "slower",
                                         [REL_FASTER] = "faster",
                                         [REL_SAME] = "same",
                                         [REL_UNSURE] = "unsure" };
    return words[r];
}

static const double board_may_err = 0.01;
enum { MOST_FIRST = DECIDE_MAX / CONTROL_BLOCKS / LOOKS / 2 * 2 }; /* a control has more blocks */

static double part_of(size_t pairs)
{
    return board_may_err / (double)(LOOKS * pairs);
}

/* The first interim analysis: at least so many blocks, as many as the part needs, and an even
 * number, so that both orders of a block are equally frequent. */
static size_t first_look(size_t least, size_t pairs)
{
    while (least < MOST_FIRST && ldexp(1, 1 - (int)least) > part_of(pairs))
        least += 2;
    return least;
}

struct rule rule_full(double margin, size_t pairs)
{
    size_t first = first_look(16, pairs);

    return (struct rule){ { first, 2 * first, 3 * first }, 1 - part_of(pairs), margin };
}

struct rule rule_quick(double margin, size_t pairs)
{
    size_t first = first_look(8, pairs);

    return (struct rule){ { first, first + first / 4 * 2, 2 * first }, 1 - part_of(pairs), margin };
}

struct rule rule_within(double margin, size_t pairs, size_t blocks)
{
    size_t first = first_look(8, pairs), last = blocks > first ? blocks : first;

    return (struct rule){ { first, (first + last) / 4 * 2, last }, 1 - part_of(pairs), margin };
}

struct rule rule_for_control(const struct rule *board)
{
    struct rule r = *board;

    if (r.confidence > 1 - part_of(1))
        r.confidence = 1 - part_of(1);
    for (int look = 0; look < LOOKS; look++)
        r.looks[look] *= CONTROL_BLOCKS;
    return r;
}

int block_side(size_t block, size_t slot)
{
    static const int first[BLOCK_SLOTS] = { 0, 1, 1, 0 };

    return block % 2 ? !first[slot] : first[slot];
}

double block_value(size_t block, const double time[BLOCK_SLOTS])
{
    double sum[2] = { 0, 0 };

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
        sum[block_side(block, slot)] += log(time[slot]);
    return (sum[0] - sum[1]) / 2;
}

enum relation decide_relation(double lo, double hi, double margin)
{
    if (lo > 1 + margin)
        return REL_SLOWER;
    if (hi < 1 / (1 + margin))
        return REL_FASTER;
    if (lo > 1 / (1 + margin) && hi < 1 + margin)
        return REL_SAME;
    return REL_UNSURE;
}

/* Blocks of the last complete interim analysis. */
static size_t looked_at(const struct rule *r, size_t n)
{
    size_t blocks = 0;

    for (int i = 0; i < LOOKS && r->looks[i] <= n; i++)
        blocks = r->looks[i];
    return blocks;
}

struct decision decide(const struct rule *r, const double *blocks, size_t n)
{
    size_t seen = looked_at(r, n);
    if (seen == 0)
        return (struct decision){ REL_UNSURE, NAN, 0, INFINITY, 0, INFINITY, r->confidence };
    struct interval i = decide_centre(blocks, seen, r->confidence);
    double lo = exp(i.lo), hi = exp(i.hi), half_width = (i.hi - i.lo) / 2;

    return (struct decision){ .relation = decide_relation(lo, hi, r->margin),
                              .ratio = exp(i.mid),
                              .lo = lo,
                              .hi = hi,
                              .blocks = seen,
                              .resolves = (1 + r->margin) * exp(half_width) - 1,
                              .confidence = r->confidence };
}
