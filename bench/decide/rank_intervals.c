/* SPDX-License-Identifier: MIT */
/* rank_intervals.c - exact intervals, by counting orders.
 *
 * Both intervals are made alike.  There is a list of candidates (averages or
 * slopes of pairs), and a statistic that says how many of them lie below the
 * truth.  Its distribution is known exactly, by counting, so the k-th smallest and
 * the k-th largest candidate enclose the truth with a known probability.  The
 * counting is a product of polynomials: the coefficient of q^w counts the ways to
 * reach w. */
#include "decide/rank_intervals.h"

#include "inside/median.h"

#include <math.h>

enum { MAX_PAIRS = RANKED_MAX * (RANKED_MAX + 1) / 2 };

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

double rank_signed_up_to(size_t n, size_t w)
{
    struct distribution d;

    signed_ranks(n, &d);
    return up_to(&d, w);
}

struct interval rank_centre(const double *value, size_t n, double confidence)
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

double rank_discordant_up_to(const double *x, size_t n, size_t d)
{
    struct distribution dist;

    discordant(x, n, &dist);
    return up_to(&dist, d);
}

struct interval rank_slope(const double *x, const double *y, size_t n, double confidence)
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
