/* SPDX-License-Identifier: MIT */
/* test_expected.c - what is expected of a claim in Go. */
#include "decide/expected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static const struct claim plain = { .column = "tasks", .bad = GROWS, .good = FLAT };
static const struct claim folklore = { .column = "time", .bad = SLOWER, .refuted = true };
static const struct claim other = { .column = "gc_bytes", .go.why = "Go allocates more" };
static const struct claim aged = { .column = "rss_bytes",
                                   .go = { "timers are collected", "1.23" } };

static void go_is_expected_to_find_what_c_finds(void **state)
{
    (void)state;
    assert_int_equal(claim_expects(&plain, "c", ""), HOLDS);
    assert_int_equal(claim_expects(&plain, "go", "1.19.8"), HOLDS);
    assert_int_equal(claim_expects(&folklore, "go", "1.19.8"), REFUTED);
}

static void a_claim_that_says_why_is_expected_to_come_out_otherwise_in_go_alone(void **state)
{
    (void)state;
    assert_int_equal(claim_expects(&other, "c", "1.19.8"), HOLDS);
    assert_int_equal(claim_expects(&other, "go", "1.19.8"), REFUTED);
}

static void a_newer_release_may_change_what_is_expected(void **state)
{
    (void)state;
    assert_int_equal(claim_expects(&aged, "go", "1.9"), HOLDS);
    assert_int_equal(claim_expects(&aged, "go", "1.22.12"), HOLDS);
    assert_int_equal(claim_expects(&aged, "go", "1.23"), REFUTED);
    assert_int_equal(claim_expects(&aged, "go", "1.23rc1"), REFUTED);
    assert_int_equal(claim_expects(&aged, "go", "2.0"), REFUTED);
    assert_int_equal(claim_expects(&aged, "go", ""), REFUTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(go_is_expected_to_find_what_c_finds),
        cmocka_unit_test(a_claim_that_says_why_is_expected_to_come_out_otherwise_in_go_alone),
        cmocka_unit_test(a_newer_release_may_change_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
