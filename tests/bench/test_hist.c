/* SPDX-License-Identifier: MIT */
/* Quantiles of a histogram against those of the sorted values themselves. */
#include "inside/hist.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static const double shares[] = { 0.0001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1 };

/* Not below the true quantile, and at most 0.1 % above it. */
static void assert_like_sorted(int64_t *values, size_t n)
{
    struct hist *h = hist_make();

    for (size_t i = 0; i < n; i++)
        hist_add(h, values[i]);
    qsort(values, n, sizeof *values, by_size);
    assert_int_equal(hist_count(h), n);
    assert_int_equal(hist_quantile(h, 1), values[n - 1]);
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        int64_t sorted = values[(size_t)fmax(ceil(shares[i] * (double)n), 1) - 1];
        int64_t found = hist_quantile(h, shares[i]);
        assert_true(found >= sorted && (double)(found - sorted) <= (double)sorted / 1000);
    }
    hist_free(h);
}

enum { MANY = 20000 };
static int64_t values[MANY];

static void small_values_are_exact(void **unused)
{
    struct hist *h = hist_make();

    (void)unused;
    for (int64_t v = 0; v < 2048; v++)
        hist_add(h, v);
    for (int64_t v = 0; v < 2048; v++)
        assert_int_equal(hist_quantile(h, (double)(v + 1) / 2048), v);
    hist_free(h);
}

static void uniform_values_are_good_to_three_digits(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < MANY; i++)
        values[i] = (int64_t)(next_random() % 1000000000);
    assert_like_sorted(values, MANY);
}

static void values_of_every_size_are_good_to_three_digits(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < MANY; i++)
        values[i] = (int64_t)(next_random() >> (1 + next_random() % 63));
    assert_like_sorted(values, MANY);
}

static void every_power_of_two_and_its_neighbours_are_kept_apart(void **unused)
{
    size_t n = 0;

    (void)unused;
    for (int bit = 1; bit < 63; bit++)
        for (int64_t d = -1; d <= 1; d++)
            values[n++] = ((int64_t)1 << bit) + d;
    assert_like_sorted(values, n);
}

static void one_value_is_every_quantile(void **unused)
{
    (void)unused;
    values[0] = 123456789;
    assert_like_sorted(values, 1);
    struct hist *h = hist_make();
    hist_add(h, 123456789);
    assert_int_equal(hist_quantile(h, 0.5), 123456789);
    hist_free(h);
}

static void the_largest_and_negative_values_have_a_place(void **unused)
{
    struct hist *h = hist_make();

    (void)unused;
    hist_add(h, INT64_MAX);
    hist_add(h, -5);
    assert_int_equal(hist_quantile(h, 0.5), 0);
    assert_true(hist_quantile(h, 1) == INT64_MAX);
    hist_free(h);
}

static void an_empty_histogram_says_zero(void **unused)
{
    struct hist *h = hist_make();

    (void)unused;
    assert_int_equal(hist_quantile(h, 0.99), 0);
    hist_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_values_are_exact),
        cmocka_unit_test(uniform_values_are_good_to_three_digits),
        cmocka_unit_test(values_of_every_size_are_good_to_three_digits),
        cmocka_unit_test(every_power_of_two_and_its_neighbours_are_kept_apart),
        cmocka_unit_test(one_value_is_every_quantile),
        cmocka_unit_test(the_largest_and_negative_values_have_a_place),
        cmocka_unit_test(an_empty_histogram_says_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
