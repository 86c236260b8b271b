/* SPDX-License-Identifier: MIT */
/* test_time_rule.c - what the rule says of times whose truth is known. */
#include "decide/time_rule.h"

#include <stdbool.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

/* Numbers that look random and are the same in every run. */
static double noise(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 33) / (double)(1u << 31) * 2 - 1;
}

static struct decision decide_about(double ratio, double spread, size_t n, struct rule r)
{
    double blocks[RANKED_MAX];
    uint64_t seed = 42;

    for (size_t i = 0; i < n; i++)
        blocks[i] = log(ratio) + spread * noise(&seed);
    return decide(&r, blocks, n);
}

static void a_block_cancels_a_drift(void **state)
{
    const double drift[] = { 1.0, 1.1, 1.21, 1.331 }; /* each process 10 % slower */

    (void)state;
    assert_float_equal(block_value(0, drift), 0, 1e-12);
    assert_float_equal(block_value(1, drift), 0, 1e-12);
}

static void blocks_run_abba_and_then_baab(void **state)
{
    const double abba[] = { 8, 2, 2, 8 }, baab[] = { 2, 8, 8, 2 };

    (void)state;
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        assert_int_equal(block_side(0, slot), abba[slot] == 8 ? 0 : 1);
        assert_int_equal(block_side(1, slot), baab[slot] == 8 ? 0 : 1);
    }
    assert_float_equal(block_value(0, abba), log(4), 1e-12);
    assert_float_equal(block_value(1, baab), log(4), 1e-12);
}

static void a_clear_difference_is_told_at_the_first_look(void **state)
{
    (void)state;
    struct decision d = decide_about(1.5, 0.05, 16, rule_full(0.1, 100));
    assert_int_equal(d.relation, REL_SLOWER);
    assert_int_equal(d.blocks, 16);
    assert_true(d.lo < 1.5 && d.hi > 1.5 && d.lo > 1.1);
    assert_int_equal(decide_about(1 / 1.5, 0.05, 16, rule_full(0.1, 100)).relation, REL_FASTER);
}

static void no_difference_is_told_as_the_same_and_not_as_unsure(void **state)
{
    (void)state;
    assert_int_equal(decide_about(1.0, 0.05, 16, rule_full(0.1, 100)).relation, REL_SAME);
    assert_int_equal(decide_about(1.04, 0.02, 16, rule_full(0.1, 100)).relation, REL_SAME);
}

static void noise_makes_unsure_and_says_what_could_have_been_told(void **state)
{
    (void)state;
    struct decision d = decide_about(1.1, 0.3, 48, rule_full(0.1, 100));
    assert_int_equal(d.relation, REL_UNSURE);
    double half_width = log(d.hi / d.lo) / 2;
    assert_float_equal(1 + d.resolves, 1.1 * exp(half_width), 1e-9);
}

static void between_looks_nothing_changes(void **state)
{
    (void)state;
    struct decision at = decide_about(1.2, 0.2, 16, rule_full(0.1, 100));
    struct decision later = decide_about(1.2, 0.2, 31, rule_full(0.1, 100));
    assert_true(at.ratio == later.ratio && at.lo == later.lo && at.hi == later.hi);
    assert_int_equal(later.blocks, 16);
    assert_int_equal(decide_about(1.2, 0.2, 32, rule_full(0.1, 100)).blocks, 32);
}

static void before_the_first_look_nothing_is_said(void **state)
{
    (void)state;
    struct decision d = decide_about(9, 0.01, 15, rule_full(0.1, 100));
    assert_int_equal(d.relation, REL_UNSURE);
    assert_int_equal(d.blocks, 0);
    assert_true(isnan(d.ratio));
    assert_int_equal(decide_about(9, 0.01, 10, rule_quick(0.1, 1)).relation, REL_SLOWER);
}

static void an_interval_across_the_margin_is_unsure(void **state)
{
    (void)state;
    assert_int_equal(decide_relation(1.05, 1.2, 0.1), REL_UNSURE);
    assert_int_equal(decide_relation(1.11, 1.2, 0.1), REL_SLOWER);
    assert_int_equal(decide_relation(0.8, 0.9, 0.1), REL_FASTER);
    assert_int_equal(decide_relation(0.8, 0.92, 0.1), REL_UNSURE);
    assert_int_equal(decide_relation(0.92, 1.09, 0.1), REL_SAME);
}

/* The first interim analysis comes when an interval can be as sure as it must be: before, the
 * rank test has none. */
static void more_pairs_need_surer_intervals_and_more_blocks_to_begin_with(void **state)
{
    const double one_side[RANKED_MAX] = { 0 };

    (void)state;
    for (size_t pairs = 1; pairs <= 1000; pairs *= 10) {
        struct rule quick = rule_quick(0.1, pairs), full = rule_full(0.1, pairs);
        double part = 0.01 / (double)(LOOKS * pairs);
        assert_float_equal(1 - quick.confidence, part, 1e-9);
        assert_float_equal(1 - full.confidence, part, 1e-9);
        assert_false(isinf(rank_centre(one_side, quick.looks[0], quick.confidence).lo));
        assert_true(quick.looks[0] == 8 ||
                    isinf(rank_centre(one_side, quick.looks[0] - 2, quick.confidence).lo));
        assert_true(full.looks[0] >= 16 && full.looks[2] <= RANKED_MAX);
        for (int look = 0; look < LOOKS; look++)
            assert_true(quick.looks[look] % 2 == 0 && full.looks[look] % 2 == 0);
        assert_true(quick.looks[0] < quick.looks[1] && quick.looks[1] < quick.looks[2]);
    }
    assert_int_equal(rule_quick(0.1, 1).looks[0], 10);
    assert_int_equal(rule_full(0.1, 100).looks[0], 16);
    assert_int_equal(rule_full(0.1, 400).looks[0], 18);
}

/* The promise of the rule: of 2,000 boards of 5 pairs without a difference, not more than 1 %
 * have an interval that misses. */
static void of_a_board_all_intervals_hold_together_in_99_percent(void **state)
{
    enum { BOARDS = 2000, PAIRS = 5 };
    struct rule r = rule_quick(0.1, PAIRS);
    uint64_t seed = 7;
    size_t missed = 0, different = 0;

    (void)state;
    for (int board = 0; board < BOARDS; board++) {
        bool miss = false, called = false;
        for (int pair = 0; pair < PAIRS; pair++) {
            double blocks[RANKED_MAX];
            for (size_t i = 0; i < r.looks[LOOKS - 1]; i++)
                blocks[i] = 0.2 * noise(&seed) * noise(&seed);
            for (int look = 0; look < LOOKS; look++) {
                struct decision d = decide(&r, blocks, r.looks[look]);
                miss |= d.lo > 1 || d.hi < 1;
                called |= d.relation == REL_SLOWER || d.relation == REL_FASTER;
            }
        }
        missed += miss;
        different += called;
    }
    assert_true(missed >= 1 && missed <= BOARDS / 100);
    assert_int_equal(different, 0);
}

/* Of a hundred pairs each has a hundredth of what the board may err, and the control all of its
 * own: noise that leaves a pair open need not withhold every word. */
static void the_control_shares_nothing_with_the_pairs(void **state)
{
    struct rule board = rule_full(0.1, 100), own = rule_for_control(&board),
                alone = rule_full(0.1, 1);

    (void)state;
    assert_true(own.confidence < board.confidence);
    assert_float_equal(own.confidence, alone.confidence, 1e-12);
    assert_int_equal(decide_about(1.04, 0.2, 48, board).relation, REL_UNSURE);
    assert_int_equal(decide_about(1.04, 0.2, 48 * CONTROL_BLOCKS, own).relation, REL_SAME);
    assert_int_equal(own.looks[2], CONTROL_BLOCKS * board.looks[2]);
    board.confidence = 0.9; /* a test's: never stricter than the pairs */
    assert_true(rule_for_control(&board).confidence == 0.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_cancels_a_drift),
        cmocka_unit_test(blocks_run_abba_and_then_baab),
        cmocka_unit_test(a_clear_difference_is_told_at_the_first_look),
        cmocka_unit_test(no_difference_is_told_as_the_same_and_not_as_unsure),
        cmocka_unit_test(noise_makes_unsure_and_says_what_could_have_been_told),
        cmocka_unit_test(between_looks_nothing_changes),
        cmocka_unit_test(before_the_first_look_nothing_is_said),
        cmocka_unit_test(an_interval_across_the_margin_is_unsure),
        cmocka_unit_test(more_pairs_need_surer_intervals_and_more_blocks_to_begin_with),
        cmocka_unit_test(of_a_board_all_intervals_hold_together_in_99_percent),
        cmocka_unit_test(the_control_shares_nothing_with_the_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
