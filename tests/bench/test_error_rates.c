/* SPDX-License-Identifier: MIT */
/* test_error_rates.c - the rule on series whose truth is known. */
#include "decide/error_rates.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

enum { N = 600 };

/* Times around 1000 ns, each within `spread`, the same in every run of the test. */
static void series(double ns[N], double spread)
{
    uint64_t seed = 11;

    for (size_t i = 0; i < N; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        ns[i] = 1000 * (1 + spread * ((double)(seed >> 33) / (double)(1u << 31) * 2 - 1));
    }
}

static struct error_rates laid(const double ns[N], struct rule r)
{
    struct error_rates p;

    assert_int_equal(error_rates_judge(&p, &r, ns, N), 0);
    return p;
}

static void every_process_begins_a_stretch_as_long_as_there_is_one(void **state)
{
    double ns[N];

    (void)state;
    series(ns, 0.02);
    struct error_rates p = laid(ns, rule_full(0.1));
    assert_int_equal(p.n, N - 4 * 48 + 1);
    assert_int_equal(p.apart, 3);
    error_rates_free(&p);
    struct rule r = rule_full(0.1);
    assert_int_equal(error_rates_judge(&p, &r, ns, 4 * 48 - 1), -EINVAL);
    error_rates_free(&p);
}

/* decide() over times that were really multiplied says what the moved interval says. */
static void an_effect_is_the_times_of_one_side_multiplied(void **state)
{
    const double effects[] = { 0, 0.02, 0.05, 0.1, 0.2, 0.5, 1 };
    struct rule r = rule_quick(0.1);
    double ns[N], blocks[DECIDE_MAX];

    (void)state;
    series(ns, 0.3);
    struct error_rates p = laid(ns, r);
    for (size_t e = 0; e < sizeof effects / sizeof effects[0]; e++) {
        size_t said[REL_UNSURE + 1] = { 0 };
        for (size_t at = 0; at < p.n; at++) {
            enum relation relation = REL_UNSURE;
            for (size_t b = 0; b < r.looks[LOOKS - 1]; b++) {
                double four[BLOCK_SLOTS];
                for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
                    four[slot] =
                        ns[at + 4 * b + slot] * (block_side(b, slot) == 0 ? 1 + effects[e] : 1);
                blocks[b] = block_value(b, four);
            }
            for (int look = 0; look < LOOKS && relation == REL_UNSURE; look++)
                relation = decide(&r, blocks, r.looks[look]).relation;
            said[relation]++;
        }
        assert_memory_equal(said, error_rates_at(&p, effects[e]).said, sizeof said);
    }
    error_rates_free(&p);
}

static void a_quiet_series_is_the_same_and_a_large_effect_is_slower(void **state)
{
    double ns[N];

    (void)state;
    series(ns, 0.02);
    struct error_rates p = laid(ns, rule_quick(0.1));
    struct tally none = error_rates_at(&p, 0), large = error_rates_at(&p, 1);
    assert_int_equal(none.said[REL_SAME], p.n);
    assert_int_equal(none.wrong, 0);
    assert_int_equal(large.said[REL_SLOWER], p.n);
    assert_int_equal(large.wrong, 0);
    error_rates_free(&p);
}

/* One side always ran on the slow half of the machine: the rule cannot know. */
static void what_is_said_against_the_truth_is_wrong(void **state)
{
    double ns[N];

    (void)state;
    for (size_t i = 0; i < N; i++)
        ns[i] = 1000 * (block_side(i / BLOCK_SLOTS, i % BLOCK_SLOTS) == 0 ? 1.5 : 1);
    struct error_rates p = laid(ns, rule_quick(0.1));
    struct tally r = error_rates_at(&p, 0);
    assert_int_equal(r.wrong, r.said[REL_SLOWER] + r.said[REL_FASTER]);
    assert_true(r.said[REL_SLOWER] > 0 && r.said[REL_FASTER] > 0); /* by where it begins */
    error_rates_free(&p);
}

static void the_smallest_effect_told_is_above_the_margin_and_grows_with_noise(void **state)
{
    double ns[N];

    (void)state;
    series(ns, 0.02);
    struct error_rates quiet = laid(ns, rule_quick(0.1));
    series(ns, 0.3);
    struct error_rates noisy = laid(ns, rule_quick(0.1));
    double least = error_rates_resolves(&quiet, 0.9), more = error_rates_resolves(&noisy, 0.9);
    assert_in_range((int)lround(100 * least), 11, 13);
    assert_true(more > least && more < 1);
    assert_true(isinf(error_rates_resolves(&noisy, 1.01)));
    error_rates_free(&quiet);
    error_rates_free(&noisy);
}

/* Two-sided 5 % for ten and ten: the tables have 23. */
static void the_usual_way_is_mann_and_whitneys_test_on_ten_and_ten(void **state)
{
    double ns[2 * USUAL_RUNS];

    (void)state;
    for (size_t i = 0; i < 2 * USUAL_RUNS; i++)
        ns[i] = i < USUAL_RUNS ? 100.5 : 100 - (double)i; /* all below: U is 100 */
    assert_true(error_rates_usual(ns, 2 * USUAL_RUNS) == 1);
    for (size_t below = 0; below <= 100; below += 1) {
        for (size_t i = 0; i < USUAL_RUNS; i++)
            ns[i] = 10.5 + (double)i;
        for (size_t i = 0; i < USUAL_RUNS; i++) { /* each below as many as it can be */
            size_t want = below / 10 + (i < below % 10);
            ns[USUAL_RUNS + i] = 20 - (double)want + 0.01 * (double)i;
        }
        bool different = below <= 23 || 100 - below <= 23;
        assert_true(error_rates_usual(ns, 2 * USUAL_RUNS) == (different ? 1 : 0));
    }
    assert_true(isnan(error_rates_usual(ns, 2 * USUAL_RUNS - 1)));
}

/* A machine that is 20 % slower every other ten processes. */
static void a_drift_misleads_the_usual_way_and_not_the_blocks(void **state)
{
    double ns[N];

    (void)state;
    series(ns, 0.02);
    for (size_t i = 0; i < N; i++)
        ns[i] *= i / 10 % 2 ? 1.2 : 1;
    struct error_rates p = laid(ns, rule_quick(0.1));
    assert_int_equal(error_rates_at(&p, 0).wrong, 0);
    assert_true(error_rates_usual(ns, N) > 0.3);
    error_rates_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_process_begins_a_stretch_as_long_as_there_is_one),
        cmocka_unit_test(an_effect_is_the_times_of_one_side_multiplied),
        cmocka_unit_test(a_quiet_series_is_the_same_and_a_large_effect_is_slower),
        cmocka_unit_test(what_is_said_against_the_truth_is_wrong),
        cmocka_unit_test(the_usual_way_is_mann_and_whitneys_test_on_ten_and_ten),
        cmocka_unit_test(a_drift_misleads_the_usual_way_and_not_the_blocks),
        cmocka_unit_test(the_smallest_effect_told_is_above_the_margin_and_grows_with_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
