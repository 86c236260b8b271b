/* SPDX-License-Identifier: MIT */
/* `check` passes what holds, and says in one line what does not. */
#include "capture.h"
#include "misbehave.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define check(...) capture(cmd_check, (char *[]){ "check", __VA_ARGS__, NULL })
#define one(...) capture(cmd_one, (char *[]){ "one", __VA_ARGS__, NULL })

static void a_claim_that_holds_is_a_line_with_its_counts(void **state)
{
    (void)state;
    assert_int_equal(check("test/leaks"), 0);
    assert_string_equal(said,
                        "ok test/leaks tasks: bad 4 -> 16, good 0 -> 0\n"
                        "ok test/leaks contract: twins answer alike, the control has equal counts, "
                        "bad is caught\n"
                        "2 passed, 0 failed\n");
}

static void a_claim_that_does_not_hold_fails_with_the_counts_and_the_reason(void **state)
{
    (void)state;
    assert_int_equal(check("test/lingers"), 1);
    assert_string_equal(
        said,
        "FAIL test/lingers tasks: bad 0 -> 0, good 0 -> 0: refuted, expected "
        "holds: bad should grow with the parameter\n"
        "FAIL test/lingers contract: all its claims would hold with bad in the place of good\n"
        "0 passed, 2 failed\n");
}

static void figures_that_vary_are_put_in_words(void **state)
{
    (void)state;
    assert_int_equal(check("test/switches"), 0);
    assert_non_null(strstr(said, "ok test/switches parks: bad grows, good flat\n"));
}

static void of_a_tip_that_hangs_unsaid_that_alone_is_told(void **state)
{
    static const char line[] = "FAIL test/deadlocks-unsaid: bad at OPS 4 STUCK: ";

    (void)state;
    assert_int_equal(check("test/deadlocks-unsaid"), 1);
    assert_memory_equal(said, line, sizeof line - 1);
    assert_non_null(strstr(said, "; nothing else of it is judged\n0 passed, 1 failed\n"));
}

/* The processes of the first round do not do what is claimed, those of the second do. */
static void a_count_that_may_vary_is_given_a_second_chance(void **state)
{
    char moods[] = "/tmp/twin-moods-XXXXXX";
    int fd = mkstemp(moods);

    (void)state;
    assert_true(fd >= 0);
    setenv("MOODS", moods, 1);
    assert_int_equal(check("test/has-moods"), 0);
    assert_non_null(strstr(said, "ok test/has-moods parks: bad grows, good flat\n"));
    assert_int_equal(lseek(fd, 0, SEEK_END), 2 * 2 * BAD_MOODS); /* both points, twice */
    close(fd);
    unlink(moods);
}

static void every_outcome_can_be_claimed(void **state)
{
    (void)state;
    assert_int_equal(check("test/deadlocks", "test/panics", "test/aborts", "test/errs"), 0);
    assert_non_null(strstr(said, "ok test/deadlocks outcome: bad STUCK, good OK\n"));
    assert_non_null(strstr(said, "ok test/panics outcome: bad PANICS, good OK\n"));
    assert_non_null(strstr(said, "ok test/aborts outcome: bad DIES, good OK\n"));
    assert_non_null(strstr(said, "ok test/errs outcome: bad WRONG, good OK\n"));
    assert_non_null(strstr(said, "8 passed, 0 failed\n"));
}

static void a_process_that_fails_is_named_and_the_other_tips_are_checked(void **state)
{
    (void)state;
    assert_int_equal(check("test/panics-unsaid", "test/leaks"), 1);
    assert_non_null(strstr(said, "FAIL test/panics-unsaid tasks: bad -, good 0 -> 0: unsure, "
                                 "expected holds: bad PANICS at OPS 4\n"
                                 "     bad at OPS 4 PANICS: panic: "));
    assert_non_null(strstr(said, "ok test/leaks tasks"));
}

static void a_twin_that_leaves_early_is_not_taken_for_success(void **state)
{
    (void)state;
    assert_int_equal(check("test/exits"), 1);
    assert_non_null(strstr(said, "twinbench: test/exits bad ended by exit(0) before its "
                                 "measurement was over; counted as DIES\n"));
    assert_non_null(strstr(said, "FAIL test/exits tasks"));
    assert_non_null(strstr(said, "FAIL test/exits contract: bad came to no answer at OPS 4\n"));
}

static void another_answer_than_goods_breaks_the_contract(void **state)
{
    (void)state;
    assert_int_equal(check("test/errs-unsaid"), 1);
    assert_non_null(strstr(
        said,
        "FAIL test/errs-unsaid contract: the answer of bad differs from that of good at OPS 4\n"));
}

static void counts_that_differ_between_processes_are_seen(void **state)
{
    (void)state;
    assert_int_equal(check("test/wavers"), 1);
    assert_non_null(strstr(said, "bad differs between runs: "));
    assert_non_null(strstr(said, "FAIL test/wavers contract: bad against bad differs in tasks: "));
}

static void folklore_that_is_refuted_as_expected_is_no_failure(void **state)
{
    (void)state;
    assert_int_equal(check("test/refuted"), 0);
    assert_non_null(strstr(said, "ok test/refuted tasks: refuted, as expected: bad 0 -> 0, good "
                                 "0 -> 0\n"));
}

static void claims_that_say_nothing_about_good_break_the_contract(void **state)
{
    (void)state;
    assert_int_equal(check("test/toothless"), 1);
    assert_non_null(strstr(said, "ok test/toothless tasks: bad 4 -> 16, good 0 -> 0\n"));
    assert_non_null(strstr(said, "FAIL test/toothless contract: its claims do not tell bad from "
                                 "good\n"));
}

static void a_saying_that_says_nothing_is_no_saying(void **state)
{
    (void)state;
    assert_int_equal(check("test/sayingless"), 1);
    assert_non_null(strstr(said, "FAIL test/sayingless contract: it has no data (.says) of what "
                                 "would be measured if its saying were true\n"));
}

static void an_unknown_column_fails(void **state)
{
    (void)state;
    assert_int_equal(check("test/unknown"), 1);
    assert_non_null(strstr(said, "FAIL test/unknown taks: "));
    assert_non_null(strstr(said, "'taks' is no column that is counted"));
}

static void an_empty_text_breaks_the_contract(void **state)
{
    (void)state;
    assert_int_equal(check("test/unitless"), 1);
    assert_non_null(strstr(said, "FAIL test/unitless contract: its dial_unit is empty\n"));
}

static void a_refuted_claim_must_have_a_reason(void **state)
{
    (void)state;
    assert_int_equal(check("test/unreasoned"), 1);
    assert_non_null(strstr(said, "FAIL test/unreasoned contract: it expects its claim on tasks to "
                                 "be refuted and does not say why\n"));
}

static void only_a_time_may_vary_and_then_nothing_else_is_expected(void **state)
{
    (void)state;
    assert_int_equal(check("test/counts-vary", "test/varies-and-differs"), 1);
    assert_non_null(strstr(said, "FAIL test/counts-vary contract: its claim on tasks varies, which "
                                 "only a time may\n"));
    assert_non_null(strstr(said, "FAIL test/varies-and-differs contract: its claim on time varies: "
                                 "it says why, and expects nothing else\n"));
}

static void a_claim_on_a_heap_must_be_about_time(void **state)
{
    (void)state;
    assert_int_equal(check("test/heap-tasks"), 1);
    assert_non_null(strstr(said, "FAIL test/heap-tasks contract: its claim on tasks names a heap, "
                                 "and there only time is measured\n"));
}

static void an_unknown_tip_is_named_before_anything_runs(void **state)
{
    (void)state;
    assert_int_equal(check("test/leaks", "test/leeks"), 2);
    assert_string_equal(said, "twinbench: no tip 'test/leeks'; nearest is test/leaks (all of them: "
                              "twinbench list)\n");
}

static void the_output_is_the_same_in_every_run(void **state)
{
    static char first[sizeof said];

    (void)state;
    assert_int_equal(check("test/leaks", "test/switches", "test/panics"), 0);
    strcpy(first, said);
    for (int i = 0; i < 2; i++) {
        check("test/leaks", "test/switches", "test/panics");
        assert_string_equal(said, first);
    }
}

static void the_go_twins_are_checked_only_where_they_are_built(void **state)
{
    (void)state;
    assert_int_equal(check("--lang", "go"), 2);
    assert_string_equal(said, "twinbench: the Go twins are not built; make go builds them\n");
    assert_int_equal(check("--lang", "go1.99"), 2);
    assert_string_equal(said,
                        "twinbench: the twins of go1.99 are not built; make go builds those of "
                        "each Go that is here\n");
    assert_int_equal(check("--lang", "perl"), 2);
    assert_string_equal(said, "twinbench: --lang must be c or go, not 'perl'\n");
}

static void one_refuses_what_it_does_not_understand(void **state)
{
    (void)state;
    assert_int_equal(one("test/leek", "bad"), 2);
    assert_non_null(strstr(said, "nearest is test/leaks"));
    assert_int_equal(one("test/leaks", "ugly"), 2);
    assert_string_equal(said, "twinbench: test/leaks has no twin 'ugly'; it has bad, good and "
                              "null\n");
    assert_int_equal(one("test/leaks", "bad", "--ops", "0"), 2);
    assert_int_equal(one("test/leaks", "bad", "--kind", "speed"), 2);
    assert_string_equal(
        said, "twinbench: --kind must be count, slope, time, rate or curve, not 'speed'\n");
    assert_int_equal(one("test/leaks", "bad", "--kind", "rate"), 2);
    assert_string_equal(said, "twinbench: --kind rate wants a --rate of 1 or more\n");
    assert_int_equal(one("test/leaks"), 2);
    assert_int_equal(one("test/leaks", "bad", "--heap", "mimalloc"), 2);
    assert_string_equal(said, "twinbench: test/leaks does not run on that heap, only on: glibc\n");
    assert_int_equal(one("test/mimalloc", "bad", "--heap", "malloc"), 2);
    assert_string_equal(said, "twinbench: test/mimalloc does not run on that heap, only on: glibc "
                              "mimalloc\n");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_that_holds_is_a_line_with_its_counts),
        cmocka_unit_test(a_claim_that_does_not_hold_fails_with_the_counts_and_the_reason),
        cmocka_unit_test(figures_that_vary_are_put_in_words),
        cmocka_unit_test(of_a_tip_that_hangs_unsaid_that_alone_is_told),
        cmocka_unit_test(a_count_that_may_vary_is_given_a_second_chance),
        cmocka_unit_test(every_outcome_can_be_claimed),
        cmocka_unit_test(a_process_that_fails_is_named_and_the_other_tips_are_checked),
        cmocka_unit_test(a_twin_that_leaves_early_is_not_taken_for_success),
        cmocka_unit_test(another_answer_than_goods_breaks_the_contract),
        cmocka_unit_test(counts_that_differ_between_processes_are_seen),
        cmocka_unit_test(folklore_that_is_refuted_as_expected_is_no_failure),
        cmocka_unit_test(claims_that_say_nothing_about_good_break_the_contract),
        cmocka_unit_test(a_saying_that_says_nothing_is_no_saying),
        cmocka_unit_test(an_unknown_column_fails),
        cmocka_unit_test(an_empty_text_breaks_the_contract),
        cmocka_unit_test(a_refuted_claim_must_have_a_reason),
        cmocka_unit_test(only_a_time_may_vary_and_then_nothing_else_is_expected),
        cmocka_unit_test(a_claim_on_a_heap_must_be_about_time),
        cmocka_unit_test(an_unknown_tip_is_named_before_anything_runs),
        cmocka_unit_test(the_output_is_the_same_in_every_run),
        cmocka_unit_test(the_go_twins_are_checked_only_where_they_are_built),
        cmocka_unit_test(one_refuses_what_it_does_not_understand),
    };

    misbehave_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
