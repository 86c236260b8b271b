/* SPDX-License-Identifier: MIT */
/* test_contract.c - a contract holds by what was compared, and never for want of samples. */
#include "decide/contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { RUNS = 2, MOST = 64 };

static struct tip tip;
static struct sample samples[MOST];
static size_t n;

static int start(void **state)
{
    (void)state;
    tip = (struct tip){ .says = { { .column = "tasks", .bad = FLAT } },
                        .dial_unit = "u",
                        .dial = OPS,
                        .points = { 4, 16 },
                        .claims = { { .column = "tasks", .bad = GROWS, .good = FLAT } } };
    n = 0;
    return 0;
}

static struct sample *add(const struct executor *x, enum role twin, int64_t ops)
{
    struct sample *s = &samples[n++];

    *s = (struct sample){ .twin = twin,
                          .lang = x,
                          .kind = KIND_COUNT,
                          .outcome = OUTCOME_OK,
                          .ops = ops,
                          .answer = 10 * ops,
                          .tasks = twin == TWIN_BAD ? ops : 0 };
    strcpy(s->tip, "t/x");
    return s;
}

/* What `check` runs in C, all of it as it should be. */
static void add_c(void)
{
    for (int64_t ops = 4; ops <= 16; ops += 12) {
        for (int run = 0; run < RUNS; run++) {
            add(executor_c(), TWIN_BAD, ops);
            add(executor_c(), TWIN_GOOD, ops);
        }
        add(executor_c(), TWIN_NULL, ops);
    }
}

static void add_go(void)
{
    for (int64_t ops = 4; ops <= 16; ops += 12) {
        add(executor_named("go"), TWIN_BAD, ops);
        add(executor_named("go"), TWIN_GOOD, ops);
        add(executor_c(), TWIN_GOOD, ops);
    }
}

static const char *broken_by(const struct executor *x)
{
    static struct entry e = { .name = "t/x", .tip = &tip };
    const struct exam exam = { &e, x, samples, n };

    return contract_broken(&exam) ?: "kept";
}

static const char *broken(void)
{
    return broken_by(executor_c());
}

static const char *broken_in_go(void)
{
    return broken_by(executor_named("go"));
}

/* All processes of that twin end so. */
static void end(const struct executor *x, enum role twin, enum outcome o)
{
    for (size_t i = 0; i < n; i++)
        if (samples[i].lang == x && samples[i].twin == twin)
            samples[i].outcome = o;
}

static void a_contract_is_kept_if_all_was_compared(void **state)
{
    (void)state;
    add_c();
    assert_string_equal(broken(), "kept");
    n = 0;
    add_go();
    assert_string_equal(broken_in_go(), "kept");
}

static void no_samples_are_no_proof(void **state)
{
    (void)state;
    assert_string_equal(broken(), "no process of bad was run");
    assert_string_equal(broken_in_go(), "no process of bad was run");
    add(executor_c(), TWIN_BAD, 4);
    assert_string_equal(broken(), "no process of good was run");
    add(executor_c(), TWIN_GOOD, 4);
    assert_string_equal(broken(), "no process of null was run in C");
    n = 0;
    add(executor_named("go"), TWIN_BAD, 4);
    add(executor_named("go"), TWIN_GOOD, 4);
    assert_string_equal(broken_in_go(), "no process of good was run in C");
}

static void a_process_that_did_not_end_well_breaks_it(void **state)
{
    (void)state;
    add_c();
    end(executor_c(), TWIN_NULL, OUTCOME_DIES);
    assert_string_equal(broken(), "null came to no answer at OPS 4");
    n = 0;
    add_c();
    samples[n - 2].outcome = OUTCOME_STUCK;
    assert_string_equal(broken(), "good came to no answer at OPS 16");
    n = 0;
    add_go();
    end(executor_c(), TWIN_GOOD, OUTCOME_DIES);
    assert_string_equal(broken_in_go(), "good came to no answer at OPS 4");
}

static void a_twin_that_is_said_to_end_badly_need_not_answer(void **state)
{
    (void)state;
    tip.claims[0] = (struct claim){ .column = "outcome", .bad = STUCK, .good = IS_OK };
    add_c();
    end(executor_c(), TWIN_BAD, OUTCOME_STUCK);
    assert_string_equal(broken(), "kept");
}

static void twins_answer_alike(void **state)
{
    (void)state;
    add_c();
    for (size_t i = 0; i < n; i++)
        if (samples[i].twin == TWIN_BAD && samples[i].ops == 16)
            samples[i].answer++;
    assert_string_equal(broken(), "the answer of bad differs from that of good at OPS 16");
    tip.claims[1] = (struct claim){ .column = "outcome", .bad = IS_WRONG, .good = IS_OK };
    assert_string_equal(broken(), "kept");
}

static void go_answers_what_c_does_to_the_same_requests(void **state)
{
    (void)state;
    add_go();
    for (size_t i = 0; i < n; i++)
        if (samples[i].lang == executor_c())
            samples[i].seed = 1;
    assert_string_equal(broken_in_go(), "no answer of good could be compared with that in C");
    n = 0;
    add_go();
    for (size_t i = 0; i < n; i++)
        if (samples[i].lang == executor_c() && samples[i].ops == 4)
            samples[i].answer++;
    assert_string_equal(broken_in_go(), "the answer of good differs from that in C at OPS 4");
}

static void go_must_tell_something_that_is_claimed(void **state)
{
    (void)state;
    tip.claims[0].column = "timers";
    add_go();
    for (size_t i = 0; i < n; i++)
        samples[i].timers = UNKNOWN;
    assert_string_equal(broken_in_go(), "it claims nothing that Go reports");
    tip.claims[1] = (struct claim){ .column = "time", .bad = SLOWER };
    assert_string_equal(broken_in_go(), "kept");
}

static void exact_counts_of_one_side_agree(void **state)
{
    (void)state;
    add_c();
    samples[n - 1].cleanups = 7; /* null, beside good */
    assert_string_equal(broken(), "good against null differs in cleanups: 0, 7");
    samples[n - 1].cleanups = UNKNOWN; /* where there is no proof, `leaked` is */
    assert_string_equal(broken(), "kept");
    n = 0;
    add(executor_c(), TWIN_BAD, 4);
    add(executor_c(), TWIN_GOOD, 4);
    add(executor_c(), TWIN_NULL, 16);
    assert_string_equal(broken(), "no two processes of one twin ended well at one point");
}

static void bad_passed_off_as_good_is_caught(void **state)
{
    (void)state;
    add_c();
    for (size_t i = 0; i < n; i++)
        samples[i].tasks = 0;
    assert_string_equal(broken(), "all its claims would hold with bad in the place of good");
    tip.claims[0].good = NOTHING;
    assert_string_equal(broken(), "its claims do not tell bad from good");
    tip.claims[1] = (struct claim){ .column = "time", .bad = SLOWER };
    assert_string_equal(broken(), "kept");
}

static void a_claim_says_something(void **state)
{
    (void)state;
    add_c();
    tip.claims[1] = (struct claim){ .column = "timers" };
    assert_string_equal(broken(), "its claim on timers says nothing of either twin");
}

static void a_saying_of_a_size_is_tested_for_that_size(void **state)
{
    (void)state;
    add_c();
    tip.says[1] = (struct claim){ .column = "time", .bad = SLOWER, .ratio = 2 };
    tip.claims[1] = (struct claim){ .column = "time", .bad = SLOWER };
    assert_string_equal(broken(), "its saying is of a ratio of 2 and its claim on time of 0");
    tip.claims[1].ratio = 2;
    assert_string_equal(broken(), "kept");
}

static void what_the_parameter_counts_fits_into_a_sentence(void **state)
{
    (void)state;
    add_c();
    tip.dial_unit = "requests; 2,000 can be served";
    assert_string_equal(broken(), "its dial_unit has more behind what it counts than a comma may "
                                  "begin: \"requests; 2,000 can be served\"");
    tip.dial_unit = "requests, of which 2,000 can be served";
    assert_string_equal(broken(), "kept");
}

static void a_claim_on_a_heap_is_about_time_where_c_runs_on_it(void **state)
{
    (void)state;
    add_c();
    tip.claims[1] = (struct claim){ .column = "time", .bad = SLOWER, .heap = HEAP_GC };
    assert_string_equal(broken(), "no executor runs C on the heap gc");
    tip.claims[1].heap = HEAP_MIMALLOC;
    assert_string_equal(broken(), "kept");
    tip.claims[1].column = "timers";
    assert_string_equal(broken(),
                        "its claim on timers names a heap, and there only time is measured");
}

static void a_curve_is_drawn_over_sizes_that_rise(void **state)
{
    (void)state;
    add_c();
    tip.curve[0] = 4;
    assert_string_equal(broken(), "it needs both a chart of a curve (.chart) and the values of the "
                                  "curve (.curve), or neither");
    tip.chart = TIME_CURVE;
    assert_string_equal(broken(), "it has a curve, which is over sizes, and its parameter is OPS");
    tip.dial = SIZE;
    tip.curve[1] = 4;
    assert_string_equal(broken(), "the values of its curve do not rise at 4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_contract_is_kept_if_all_was_compared, start),
        cmocka_unit_test_setup(no_samples_are_no_proof, start),
        cmocka_unit_test_setup(what_the_parameter_counts_fits_into_a_sentence, start),
        cmocka_unit_test_setup(a_process_that_did_not_end_well_breaks_it, start),
        cmocka_unit_test_setup(a_twin_that_is_said_to_end_badly_need_not_answer, start),
        cmocka_unit_test_setup(twins_answer_alike, start),
        cmocka_unit_test_setup(go_answers_what_c_does_to_the_same_requests, start),
        cmocka_unit_test_setup(go_must_tell_something_that_is_claimed, start),
        cmocka_unit_test_setup(exact_counts_of_one_side_agree, start),
        cmocka_unit_test_setup(bad_passed_off_as_good_is_caught, start),
        cmocka_unit_test_setup(a_claim_says_something, start),
        cmocka_unit_test_setup(a_saying_of_a_size_is_tested_for_that_size, start),
        cmocka_unit_test_setup(a_curve_is_drawn_over_sizes_that_rise, start),
        cmocka_unit_test_setup(a_claim_on_a_heap_is_about_time_where_c_runs_on_it, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
