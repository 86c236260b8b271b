/* SPDX-License-Identifier: MIT */
/* test_rank_intervals.c - the statistics against published tables and worked examples.
 *
 * Critical values: McCornack, "Extended tables of the Wilcoxon matched pair signed
 * rank statistic", JASA 60 (1965); the same numbers are OEIS A226329 to A226332.
 * Worked examples: Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd
 * edition (1999). */
#include "decide/rank_intervals.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define assert_close(a, b) assert_float_equal((a), (b), 5e-4)

/* --- signed ranks --- */

/* One-sided 5, 2.5, 1 and 0.5 %: the largest w with P(W <= w) no greater. */
static const double levels[4] = { 0.05, 0.025, 0.01, 0.005 };
static const int critical[][5] = {
    { 5, 0, -1, -1, -1 },       { 6, 2, 0, -1, -1 },        { 7, 3, 2, 0, -1 },
    { 8, 5, 3, 1, 0 },          { 9, 8, 5, 3, 1 },          { 10, 10, 8, 5, 3 },
    { 11, 13, 10, 7, 5 },       { 12, 17, 13, 9, 7 },       { 13, 21, 17, 12, 9 },
    { 14, 25, 21, 15, 12 },     { 15, 30, 25, 19, 15 },     { 16, 35, 29, 23, 19 },
    { 17, 41, 34, 27, 23 },     { 18, 47, 40, 32, 27 },     { 19, 53, 46, 37, 32 },
    { 20, 60, 52, 43, 37 },     { 21, 67, 58, 49, 42 },     { 22, 75, 65, 55, 48 },
    { 23, 83, 73, 62, 54 },     { 24, 91, 81, 69, 61 },     { 25, 100, 89, 76, 68 },
    { 26, 110, 98, 84, 75 },    { 27, 119, 107, 92, 83 },   { 28, 130, 116, 101, 91 },
    { 29, 140, 126, 110, 100 }, { 30, 151, 137, 120, 109 }, { 31, 163, 147, 130, 118 },
    { 32, 175, 159, 140, 128 }, { 33, 187, 170, 151, 138 }, { 34, 200, 182, 162, 148 },
    { 35, 213, 195, 173, 159 }, { 36, 227, 208, 185, 171 }, { 37, 241, 221, 198, 182 },
    { 38, 256, 235, 211, 194 }, { 39, 271, 249, 224, 207 }, { 40, 286, 264, 238, 220 },
    { 41, 302, 279, 252, 233 }, { 42, 319, 294, 266, 247 }, { 43, 336, 310, 281, 261 },
    { 44, 353, 327, 296, 276 }, { 45, 371, 343, 312, 291 }, { 46, 389, 361, 328, 307 },
    { 47, 407, 378, 345, 322 }, { 48, 426, 396, 362, 339 },
};

static int critical_value(size_t n, double level)
{
    int w = -1;

    while (rank_signed_up_to(n, (size_t)(w + 1)) <= level)
        w++;
    return w;
}

static void critical_values_for_5_to_48_are_the_published_ones(void **state)
{
    (void)state;
    for (size_t row = 0; row < COUNT(critical); row++)
        for (size_t l = 0; l < COUNT(levels); l++)
            assert_int_equal(critical_value((size_t)critical[row][0], levels[l]),
                             critical[row][l + 1]);
}

static void the_signed_rank_distribution_is_that_of_all_sign_patterns(void **state)
{
    enum { N = 10, TOP = N * (N + 1) / 2 };
    size_t ways[TOP + 1] = { 0 }, below = 0;

    (void)state;
    for (unsigned signs = 0; signs < 1u << N; signs++) {
        size_t w = 0;
        for (unsigned r = 0; r < N; r++)
            w += signs >> r & 1 ? r + 1 : 0;
        ways[w]++;
    }
    for (size_t w = 0; w <= TOP; w++) {
        below += ways[w];
        assert_true(rank_signed_up_to(N, w) == (double)below / (1u << N));
    }
}

/* Depression scale before and after a tranquilizer, 9 patients: tables 3.1 to 3.3. */
static const double before[] = { 1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30 };
static const double after[] = { .878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29 };

static void centre_and_interval_are_those_of_hollander_and_wolfe(void **state)
{
    double change[COUNT(before)];

    (void)state;
    for (size_t i = 0; i < COUNT(before); i++)
        change[i] = after[i] - before[i];
    struct interval i = rank_centre(change, COUNT(change), 0.96);
    assert_close(i.mid, -0.46);
    assert_close(i.lo, -0.786);
    assert_close(i.hi, -0.010);
}

static void an_interval_that_so_few_values_cannot_give_is_infinite(void **state)
{
    const double v[] = { 1, 2, 3, 4, 5 };

    (void)state;
    struct interval i = rank_centre(v, COUNT(v), 0.95); /* two-sided, 5 values reach 93.75 % */
    assert_close(i.mid, 3);
    assert_true(isinf(i.lo) && isinf(i.hi));
    i = rank_centre(v, COUNT(v), 0.93);
    assert_close(i.lo, 1);
    assert_close(i.hi, 5);
    assert_true(isnan(rank_centre(v, 0, 0.95).mid));
}

/* --- slopes --- */

/* Cloud seeding, ratio of rainfall over five years: examples 9.1 to 9.3. */
static const double year[] = { 1, 2, 3, 4, 5 };
static const double rain[] = { 1.26, 1.27, 1.12, 1.16, 1.03 };

static void slope_and_interval_are_those_of_hollander_and_wolfe(void **state)
{
    (void)state;
    struct interval i = rank_slope(year, rain, COUNT(year), 0.90);
    assert_close(i.mid, -0.05625);
    assert_close(i.lo, -0.13);
    assert_close(i.hi, 0.01);
}

/* Kendall, "Rank Correlation Methods", appendix table 1: P(S >= s) for n = 5. */
static void discordant_pairs_have_the_published_probabilities(void **state)
{
    const double published[] = { .0083, .042, .117, .242, .408, .592 };

    (void)state;
    for (size_t d = 0; d < COUNT(published); d++)
        assert_float_equal(rank_discordant_up_to(year, 5, d), published[d], 5e-4);
}

/* With x in two groups, discordant pairs are Mann and Whitney's U. */
static void with_two_groups_the_distribution_is_mann_and_whitneys(void **state)
{
    const double x[] = { 1, 2, 1, 2, 1, 2, 1, 2 };

    (void)state;
    assert_true(rank_discordant_up_to(x, 8, 0) == 1 / 70.0);
    assert_true(rank_discordant_up_to(x, 8, 1) == 2 / 70.0);
    assert_true(rank_discordant_up_to(x, 8, 2) == 4 / 70.0);
    assert_true(fabs(rank_discordant_up_to(x, 8, 16) - 1) < 1e-12);
}

static void a_straight_line_with_one_outlier_has_its_slope(void **state)
{
    double x[12], y[12];

    (void)state;
    for (size_t i = 0; i < 12; i++) {
        x[i] = 1024 << i / 3;
        y[i] = 5e6 + 4096 * x[i];
    }
    y[4] += 1e9;
    struct interval i = rank_slope(x, y, 12, 0.95);
    assert_close(i.mid, 4096);
    assert_true(i.lo <= 4096 && i.hi >= 4096 && !isinf(i.lo) && !isinf(i.hi));
    assert_true(isnan(rank_slope(x, y, 3, 0.95).mid));
}

static void points_with_equal_x_make_no_slope(void **state)
{
    const double x[] = { 1, 1, 2, 2 }, y[] = { 0, 1, 10, 12 };

    (void)state;
    struct interval i = rank_slope(x, y, 4, 0.66); /* slopes 9, 10, 11, 12 */
    assert_close(i.mid, 10.5);
    assert_close(i.lo, 9);
    assert_close(i.hi, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(critical_values_for_5_to_48_are_the_published_ones),
        cmocka_unit_test(the_signed_rank_distribution_is_that_of_all_sign_patterns),
        cmocka_unit_test(centre_and_interval_are_those_of_hollander_and_wolfe),
        cmocka_unit_test(an_interval_that_so_few_values_cannot_give_is_infinite),
        cmocka_unit_test(slope_and_interval_are_those_of_hollander_and_wolfe),
        cmocka_unit_test(discordant_pairs_have_the_published_probabilities),
        cmocka_unit_test(with_two_groups_the_distribution_is_mann_and_whitneys),
        cmocka_unit_test(a_straight_line_with_one_outlier_has_its_slope),
        cmocka_unit_test(points_with_equal_x_make_no_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
