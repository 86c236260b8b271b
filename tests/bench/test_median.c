/* SPDX-License-Identifier: MIT */
/* The middle of some numbers. */
#include "inside/median.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define median_of(...)                                                                             \
    median((double[]){ __VA_ARGS__ }, sizeof((double[]){ __VA_ARGS__ }) / sizeof(double))

static void an_odd_number_has_one_in_the_middle(void **state)
{
    (void)state;
    assert_true(median_of(3) == 3);
    assert_true(median_of(9, -1, 5) == 5);
    assert_true(median_of(1, 1, 1e300, 7, 8) == 7);
}

static void an_even_number_has_the_mean_of_two(void **state)
{
    (void)state;
    assert_true(median_of(2, 1) == 1.5);
    assert_true(median_of(10, 1, 100, 2) == 6);
}

static void values_that_differ_by_less_than_one_are_told_apart(void **state)
{
    (void)state;
    assert_true(median_of(0.3, 0.1, 0.2) == 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_odd_number_has_one_in_the_middle),
        cmocka_unit_test(an_even_number_has_the_mean_of_two),
        cmocka_unit_test(values_that_differ_by_less_than_one_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
