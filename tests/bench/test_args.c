/* SPDX-License-Identifier: MIT */
/* What the command line may say, and what it is told when it says something else. */
#include "cmd/args.h"
#include "cmd/nearest.h"

#include "capture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t ops;
static bool quick;
static const char *kind;
static const char *words[2];

static int parse_these(int argc, char **argv)
{
    const struct arg flags[] = {
        { "--ops", ARG_NUMBER, &ops, 1, 1000, "requests" },
        { "--quick", ARG_FLAG, &quick, 0, 0, "less" },
        { "--kind", ARG_WORD, &kind, 0, 0, "which" },
    };
    const struct args a = { "one TIP [TWIN]", "Run one.", flags, 3, words, 1, 2 };

    ops = 7;
    quick = false;
    kind = NULL;
    return args_parse(&a, argc, argv);
}

#define parse(...) capture(parse_these, (char *[]){ "one", __VA_ARGS__, NULL })

/* It was refused with this one line. */
static void assert_refused(int result, const char *line)
{
    assert_string_equal(said, line);
    assert_int_equal(result, ARGS_BAD);
    assert_int_equal(args_status(result), 2);
}

static void flags_may_stand_before_and_after_words(void **state)
{
    (void)state;
    assert_int_equal(parse("--ops", "5", "tip", "--quick", "bad", "--kind=time"), 2);
    assert_int_equal(ops, 5);
    assert_true(quick);
    assert_string_equal(kind, "time");
    assert_string_equal(words[0], "tip");
    assert_string_equal(words[1], "bad");
    assert_string_equal(said, "");
}

static void what_is_not_given_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(parse("tip"), 1);
    assert_int_equal(ops, 7);
    assert_null(kind);
    assert_null(words[1]);
}

static void both_ends_of_a_range_are_allowed(void **state)
{
    (void)state;
    assert_int_equal(parse("tip", "--ops", "1"), 1);
    assert_int_equal(ops, 1);
    assert_int_equal(parse("tip", "--ops", "1000"), 1);
    assert_int_equal(ops, 1000);
}

static void a_bad_number_is_named_with_its_range(void **state)
{
    (void)state;
    assert_refused(parse("tip", "--ops", "0"), "twinbench: --ops must be 1 or more, not 0\n");
    assert_refused(parse("tip", "--ops=-5"), "twinbench: --ops must be 1 or more, not -5\n");
    assert_refused(parse("tip", "--ops", "1001"),
                   "twinbench: --ops must be 1000 or less, not 1001\n");
    assert_refused(parse("tip", "--ops", "99999999999999999999999"),
                   "twinbench: --ops must be 1000 or less, not 99999999999999999999999\n");
    assert_refused(parse("tip", "--ops", "ten"),
                   "twinbench: --ops wants a whole number, not 'ten'\n");
    assert_refused(parse("tip", "--ops", "12x"),
                   "twinbench: --ops wants a whole number, not '12x'\n");
    assert_refused(parse("tip", "--ops", " 5"),
                   "twinbench: --ops wants a whole number, not ' 5'\n");
    assert_refused(parse("tip", "--ops", "1e3"),
                   "twinbench: --ops wants a whole number, not '1e3'\n");
    assert_refused(parse("tip", "--ops="), "twinbench: --ops wants a whole number, not ''\n");
    assert_refused(parse("tip", "--ops", "-"), "twinbench: --ops wants a whole number, not '-'\n");
    assert_int_equal(ops, 7);
}

static void the_largest_number_there_is_is_told_from_one_too_large(void **state)
{
    uint64_t n = 0;

    (void)state;
    assert_true(args_number("--seed", "18446744073709551615", 0, UINT64_MAX, &n));
    assert_true(n == UINT64_MAX);
    assert_false(args_number("--seed", "18446744073709551616", 0, UINT64_MAX, &n));
}

static void an_unknown_flag_is_answered_with_the_nearest(void **state)
{
    (void)state;
    assert_refused(parse("tip", "--opps", "5"), "twinbench: one: unknown flag --opps; nearest is "
                                                "--ops (see: twinbench one --help)\n");
    assert_refused(parse("tip", "-q"),
                   "twinbench: one: unknown flag -q (see: twinbench one --help)\n");
}

static void a_flag_without_its_value_is_named(void **state)
{
    (void)state;
    assert_refused(parse("tip", "--ops"), "twinbench: --ops wants a value after it\n");
    assert_refused(parse("tip", "--quick=yes"),
                   "twinbench: --quick takes no value, but was given 'yes'\n");
}

static void too_few_and_too_many_words_show_the_usage(void **state)
{
    (void)state;
    assert_refused(parse("--quick"),
                   "twinbench: one: an argument is missing; usage: twinbench one TIP [TWIN]\n");
    assert_refused(parse("a", "b", "c"), "twinbench: one: unexpected argument 'c'; usage: "
                                         "twinbench one TIP [TWIN]\n");
}

static void an_endless_word_is_shown_in_part(void **state)
{
    char endless[5001] = "";

    (void)state;
    memset(endless, 'x', 5000);
    assert_int_equal(parse("tip", "--ops", endless), ARGS_BAD);
    assert_true(strlen(said) < 120);
}

static void help_lists_every_flag_and_is_no_failure(void **state)
{
    (void)state;
    int n = parse("tip", "--help");
    assert_int_equal(n, ARGS_HELP);
    assert_int_equal(args_status(n), 0);
    assert_non_null(strstr(said, "usage: twinbench one TIP [TWIN]"));
    assert_non_null(strstr(said, "--ops N"));
    assert_non_null(strstr(said, "--quick "));
    assert_non_null(strstr(said, "--kind X"));
}

static void distance_counts_letters_to_change(void **state)
{
    (void)state;
    assert_int_equal(word_distance("", ""), 0);
    assert_int_equal(word_distance("", "abc"), 3);
    assert_int_equal(word_distance("kitten", "sitting"), 3);
    assert_int_equal(word_distance("saturday", "sunday"), 3);
    assert_int_equal(word_distance("same", "same"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_may_stand_before_and_after_words),
        cmocka_unit_test(what_is_not_given_is_left_alone),
        cmocka_unit_test(both_ends_of_a_range_are_allowed),
        cmocka_unit_test(a_bad_number_is_named_with_its_range),
        cmocka_unit_test(the_largest_number_there_is_is_told_from_one_too_large),
        cmocka_unit_test(an_unknown_flag_is_answered_with_the_nearest),
        cmocka_unit_test(a_flag_without_its_value_is_named),
        cmocka_unit_test(too_few_and_too_many_words_show_the_usage),
        cmocka_unit_test(an_endless_word_is_shown_in_part),
        cmocka_unit_test(help_lists_every_flag_and_is_no_failure),
        cmocka_unit_test(distance_counts_letters_to_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
