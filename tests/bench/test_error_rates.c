/* SPDX-License-Identifier: MIT */
/* test_error_rates.c - boards made of rounds whose truth is known. */
#include "calibrate/error_rates.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROUNDS = 60, PROGRAMS = 7, BOARDS = 40, PAIRS = 20 };

static double values[ROUNDS * PROGRAMS];
static const struct control_rounds rounds = { values, ROUNDS, PROGRAMS };

static double noise(void)
{
    static uint64_t seed = 11;

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 33) / (double)(1u << 31) * 2 - 1;
}

/* Blocks within `spread` of no difference; of one in `rare`, ten times as far. */
static void measure(double spread, size_t rare)
{
    for (size_t i = 0; i < ROUNDS * PROGRAMS; i++)
        values[i] = spread * noise() * (rare && i % rare == 0 ? 10 : 1);
}

static struct replay replayed(struct rule r)
{
    struct replay p;

    assert_int_equal(replay_make(&p, &r, &rounds, BOARDS, PAIRS, 1), 0);
    return p;
}

static void no_round_makes_no_board(void **state)
{
    struct rule r = rule_quick(0.1, PAIRS);
    struct control_rounds none = { values, 0, PROGRAMS };
    struct replay p;

    (void)state;
    assert_int_equal(replay_make(&p, &r, &none, BOARDS, PAIRS, 1), -EINVAL);
    replay_free(&p);
}

static void the_same_seed_makes_the_same_boards_and_another_others(void **state)
{
    struct rule r = rule_quick(0.1, PAIRS);
    struct replay c;

    (void)state;
    measure(0.3, 0);
    struct replay a = replayed(r), b = replayed(r);
    size_t bytes = BOARDS * PAIRS * sizeof *a.interval;
    assert_memory_equal(a.interval, b.interval, bytes);
    assert_int_equal(replay_make(&c, &r, &rounds, BOARDS, PAIRS, 2), 0);
    assert_true(memcmp(a.interval, c.interval, bytes) != 0);
    replay_free(&a);
    replay_free(&b);
    replay_free(&c);
}

/* decide() on blocks that were really moved says what the moved interval says. */
static void an_effect_moves_an_interval_as_it_moves_the_blocks(void **state)
{
    struct rule r = rule_quick(0.1, PAIRS);
    double blocks[RANKED_MAX], moved[RANKED_MAX];

    (void)state;
    measure(0.3, 0);
    for (size_t i = 0; i < r.looks[2]; i++) {
        blocks[i] = values[i];
        moved[i] = values[i] + log(1.5);
    }
    struct decision d = decide(&r, blocks, r.looks[2]), m = decide(&r, moved, r.looks[2]);
    assert_float_equal(d.lo * 1.5, m.lo, 1e-9);
    assert_float_equal(d.hi * 1.5, m.hi, 1e-9);
}

static void quiet_boards_are_all_the_same_and_a_large_effect_is_slower(void **state)
{
    const double none[] = { 0 }, mixed[] = { 0, 0.02, 0.2, 0.5, 1 };

    (void)state;
    measure(0.02, 0);
    struct replay p = replayed(rule_quick(0.1, PAIRS));
    struct tally t = replay_at(&p, 0), large = replay_at(&p, 1);
    assert_int_equal(t.n, BOARDS * PAIRS);
    assert_int_equal(t.said[REL_SAME], t.n);
    assert_int_equal(large.said[REL_SLOWER], large.n);
    assert_int_equal(t.wrong + large.wrong, 0);
    assert_int_equal(replay_false(&p, none, 1), 0);
    assert_int_equal(replay_false(&p, mixed, 5), 0);
    replay_free(&p);
}

static bool is_false(const struct replay *p, size_t at)
{
    enum relation said = REL_UNSURE;

    for (int look = 0; look < LOOKS && said == REL_UNSURE; look++)
        said = decide_relation(p->interval[at].lo[look], p->interval[at].hi[look], 0.1);
    return said == REL_SLOWER || said == REL_FASTER;
}

static void a_board_with_false_words_counts_once(void **state)
{
    const double none[] = { 0 };
    struct rule careless = rule_quick(0.1, PAIRS);
    size_t boards = 0, words = 0;

    (void)state;
    measure(0.9, 0);
    careless.confidence = 0.5;
    struct replay p = replayed(careless);
    for (size_t board = 0; board < BOARDS; board++) {
        size_t before = words;
        for (size_t pair = 0; pair < PAIRS; pair++)
            words += is_false(&p, board * PAIRS + pair);
        boards += words > before;
    }
    assert_true(words > boards && boards > 0);
    assert_int_equal(replay_false(&p, none, 1), boards);
    assert_int_equal(replay_at(&p, 0).wrong, words);
    replay_free(&p);
}

/* What disturbs the first process of each block falls on both sides by turns. */
static void few_rounds_on_one_side_of_no_difference_are_no_difference(void **state)
{
    const double none[] = { 0 };

    (void)state;
    for (size_t i = 0; i < ROUNDS * PROGRAMS; i++)
        values[i] = 0.5 + 0.01 * noise();
    struct replay p = replayed(rule_quick(0.1, PAIRS));
    assert_int_equal(replay_false(&p, none, 1), 0);
    assert_int_equal(replay_at(&p, 0).said[REL_UNSURE], BOARDS * PAIRS);
    replay_free(&p);
}

/* What 95 % for each pair would do: of boards of noise many have a false word; with the
 * board's share none. */
static void the_confidence_of_a_board_keeps_false_words_off_it(void **state)
{
    const double none[] = { 0 };
    struct rule r = rule_quick(0.1, PAIRS), each = r;

    (void)state;
    measure(0.6, 4);
    each.confidence = 0.9;
    struct replay board = replayed(r), row = replayed(each);
    assert_int_equal(replay_false(&board, none, 1), 0);
    assert_true(replay_false(&row, none, 1) > 1);
    replay_free(&board);
    replay_free(&row);
}

static void the_smallest_effect_told_is_above_the_margin_and_grows_with_noise(void **state)
{
    (void)state;
    measure(0.02, 0);
    struct replay quiet = replayed(rule_quick(0.1, PAIRS));
    measure(0.3, 0);
    struct replay noisy = replayed(rule_quick(0.1, PAIRS));
    double least = replay_resolves(&quiet, 0.9), more = replay_resolves(&noisy, 0.9);
    assert_true(least >= 0.105 && least < 0.145);
    assert_true(more > least && more < 1);
    assert_true(isinf(replay_resolves(&noisy, 1.01)));
    replay_free(&quiet);
    replay_free(&noisy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_round_makes_no_board),
        cmocka_unit_test(the_same_seed_makes_the_same_boards_and_another_others),
        cmocka_unit_test(an_effect_moves_an_interval_as_it_moves_the_blocks),
        cmocka_unit_test(quiet_boards_are_all_the_same_and_a_large_effect_is_slower),
        cmocka_unit_test(a_board_with_false_words_counts_once),
        cmocka_unit_test(few_rounds_on_one_side_of_no_difference_are_no_difference),
        cmocka_unit_test(the_confidence_of_a_board_keeps_false_words_off_it),
        cmocka_unit_test(the_smallest_effect_told_is_above_the_margin_and_grows_with_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
