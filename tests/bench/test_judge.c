/* SPDX-License-Identifier: MIT */
/* What samples say about a claim: shapes, outcomes, and when they say nothing. */
#include "decide/judge.h"
#include "say/sentences.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double by4[] = { 4, 16, 64, 256 };
#define shape(what, kind, ...) shape_holds((what), (kind), by4, (double[]){ __VA_ARGS__ }, 4)

static void an_exact_count_is_flat_only_if_all_are_equal(void **state)
{
    (void)state;
    assert_true(shape(FLAT, EXACT, 0, 0, 0, 0));
    assert_true(shape(FLAT, EXACT, 7, 7, 7, 7));
    assert_false(shape(FLAT, EXACT, 7, 7, 7, 8));
    assert_false(shape(FLAT, EXACT, 1, 0, 0, 0));
}

static void a_nondeterministic_count_is_flat_within_a_factor_of_two(void **state)
{
    (void)state;
    assert_true(shape(FLAT, BOUNDED, 1000, 1990, 1000, 1500));
    assert_false(shape(FLAT, BOUNDED, 1000, 2100, 1000, 1500));
    assert_true(shape(FLAT, BOUNDED, 0, 3, 8, 1));
    assert_false(shape(FLAT, BOUNDED, 0, 3, 9, 1));
}

static void growth_is_at_least_half_of_proportion_at_every_step(void **state)
{
    (void)state;
    assert_true(shape(GROWS, EXACT, 4, 16, 64, 256));
    assert_true(shape(GROWS, EXACT, 0, 12, 60, 252));
    assert_true(shape(GROWS, EXACT, 10, 25, 62.5, 156.25));
    assert_false(shape(GROWS, EXACT, 10, 24, 62.5, 156.25));
    assert_false(shape(GROWS, EXACT, 4, 16, 64, 64));
    assert_false(shape(GROWS, EXACT, 0, 0, 0, 0));
    assert_false(shape(GROWS, EXACT, 4, 5, 6, 7));
    assert_false(shape(GROWS, BOUNDED, 256, 64, 16, 4));
}

static void falling_goes_down_at_every_step_until_nothing_is_left(void **state)
{
    (void)state;
    assert_true(shape(FALLS, BOUNDED, 90, 50, 20, 10));
    assert_true(shape(FALLS, BOUNDED, 90, 50, 0, 0));
    assert_false(shape(FALLS, BOUNDED, 90, 50, 50, 10));
    assert_false(shape(FALLS, BOUNDED, 0, 0, 0, 0));
    assert_false(shape(FALLS, BOUNDED, 10, 20, 30, 40));
}

static void no_statement_holds_always_and_an_outcome_is_no_shape(void **state)
{
    (void)state;
    assert_true(shape(NOTHING, EXACT, 5, 1, 9, 0));
    assert_false(shape(STUCK, EXACT, 0, 0, 0, 0));
}

/* --- claims --- */

static struct tip tip;
static const struct entry entry = { .name = "test/tip", .tip = &tip };
static struct sample samples[64];
static size_t n;

static void claim(const char *column, enum expect bad, enum expect good)
{
    tip = (struct tip){ .dial = OPS,
                        .points = { 4, 16, 64 },
                        .claims = { { .column = column, .bad = bad, .good = good } } };
    n = 0;
}

static struct sample *add(enum role twin, int64_t ops)
{
    struct sample *s = &samples[n++];

    *s = (struct sample){ .ops = ops };
    strcpy(s->tip, "test/tip");
    s->twin = twin;
    s->lang = executor_c();
    s->outcome = OUTCOME_OK;
    return s;
}

/* Three runs at each point, bad leaving `a` + ops * `b` tasks and good none. */
static void add_all(int64_t a, int64_t b)
{
    for (int run = 0; run < 3; run++)
        for (int64_t ops = 4; ops <= 64; ops *= 4) {
            add(TWIN_BAD, ops)->tasks = a + ops * b;
            add(TWIN_GOOD, ops);
        }
}

static struct verdict judged(void)
{
    return judge_count(&entry, &entry.tip->claims[0], executor_c(), samples, n);
}

static void a_claim_holds_if_both_twins_do_what_it_says(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add_all(0, 1);
    struct verdict v = judged();
    assert_int_equal(v.finding, HOLDS);
    assert_true(v.bad.first == 4 && v.bad.last == 64);
    assert_true(v.good.first == 0 && v.good.last == 0);
    assert_int_equal(v.kind, KIND_COUNT);
    assert_int_equal(v.n, 18);
    assert_true(isnan(v.ratio));
    assert_string_equal(v.note, "");
}

static void a_claim_is_refuted_if_one_twin_does_not(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add_all(7, 0);
    struct verdict v = judged();
    assert_int_equal(v.finding, REFUTED);
    assert_string_equal(v.note, "bad should grow with the parameter");
    claim("tasks", GROWS, GROWS);
    add_all(0, 1);
    assert_int_equal(judged().finding, REFUTED);
}

static void what_the_tip_expects_goes_into_the_verdict(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    assert_int_equal(judged().expected, HOLDS);
    tip.claims[0].refuted = true;
    assert_int_equal(judged().expected, REFUTED);
}

static void exact_counts_that_differ_between_runs_prove_nothing(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add_all(0, 1);
    samples[0].tasks = 5;
    struct verdict v = judged();
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "bad differs between runs: 5, 4");
}

static void nondeterministic_counts_are_judged_by_their_median(void **state)
{
    (void)state;
    claim("switches", GROWS, FLAT);
    add_all(0, 0);
    for (size_t i = 0; i < n; i++)
        if (samples[i].twin == TWIN_BAD)
            samples[i].switches = 10 * samples[i].ops;
    samples[0].switches = 1000000;
    struct verdict v = judged();
    assert_int_equal(v.finding, HOLDS);
    assert_true(v.bad.first == 40 && v.bad.last == 640);
}

static void a_missing_point_leaves_a_claim_unsure(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add(TWIN_BAD, 4);
    struct verdict v = judged();
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "bad was not measured at OPS 16");
}

static void a_process_that_did_not_end_well_has_no_counts(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add_all(0, 1);
    samples[2].outcome = OUTCOME_PANICS;
    struct verdict v = judged();
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "bad PANICS at OPS 16");
}

static void what_the_executor_does_not_tell_is_empty_and_never_compared(void **state)
{
    const struct executor *go = executor_named("go");

    (void)state;
    claim("timers", FLAT, FLAT);
    add_all(0, 0);
    for (size_t i = 0; i < n; i++) {
        samples[i].timers = UNKNOWN;
        samples[i].lang = go;
    }
    struct verdict v = judge_count(&entry, &entry.tip->claims[0], go, samples, n);
    assert_int_equal(v.finding, EMPTY);
    assert_int_equal(v.expected, EMPTY);
    assert_true(isnan(v.bad.first) && isnan(v.bad.last));
    assert_string_equal(v.note, "Go does not report it");
}

static void what_every_process_knows_and_this_one_does_not_tell_is_no_proof(void **state)
{
    (void)state;
    claim("timers", FLAT, FLAT);
    add_all(0, 0);
    for (size_t i = 0; i < n; i++)
        samples[i].timers = UNKNOWN;
    struct verdict v = judged();
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "bad left timers empty, which C reports");
}

static void samples_of_another_language_or_tip_do_not_count(void **state)
{
    (void)state;
    claim("tasks", GROWS, FLAT);
    add_all(0, 1);
    add(TWIN_BAD, 4)->lang = executor_named("go");
    strcpy(add(TWIN_BAD, 4)->tip, "test/other");
    assert_int_equal(judged().finding, HOLDS);
}

static void a_column_that_does_not_exist_or_counts_nothing_is_said(void **state)
{
    (void)state;
    claim("leaks", GROWS, FLAT);
    assert_int_equal(judged().finding, UNSURE);
    claim("ops", GROWS, FLAT);
    struct verdict v = judged();
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "'ops' is no column that is counted");
}

static void an_outcome_must_be_seen_at_the_last_point_in_every_process(void **state)
{
    (void)state;
    claim("outcome", DIES, IS_OK);
    add_all(0, 0);
    assert_int_equal(judged().finding, REFUTED);
    for (size_t i = 0; i < n; i++)
        if (samples[i].twin == TWIN_BAD && samples[i].ops == 64)
            samples[i].outcome = OUTCOME_DIES;
    struct verdict v = judged();
    assert_int_equal(v.finding, HOLDS);
    assert_int_equal(v.bad.outcome, OUTCOME_DIES);
    assert_int_equal(v.good.outcome, OUTCOME_OK);
    assert_true(isnan(v.bad.first));
    assert_int_equal(v.kind, KIND_OUTCOME);
    samples[0].outcome = OUTCOME_PANICS;
    assert_int_equal(judged().finding, REFUTED);
}

static void a_good_twin_that_fails_before_the_last_point_refutes_an_outcome(void **state)
{
    (void)state;
    claim("outcome", IS_OK, IS_OK);
    add_all(0, 0);
    samples[1].outcome = OUTCOME_STUCK;
    struct verdict v = judged();
    assert_int_equal(v.finding, REFUTED);
    assert_string_equal(v.note, "good STUCK at OPS 4, should be OK");
}

static void another_answer_than_goods_is_wrong(void **state)
{
    (void)state;
    claim("outcome", IS_WRONG, IS_OK);
    add_all(0, 0);
    for (size_t i = 0; i < n; i++)
        samples[i].answer = samples[i].twin == TWIN_BAD ? 1 : 2;
    assert_int_equal(judge_outcome(&samples[0], samples, n), OUTCOME_WRONG);
    assert_int_equal(judge_outcome(&samples[1], samples, n), OUTCOME_OK);
    assert_int_equal(judged().finding, HOLDS);
}

static void answers_to_other_requests_are_not_compared(void **state)
{
    (void)state;
    claim("outcome", IS_OK, IS_OK);
    add(TWIN_BAD, 4)->answer = 1;
    add(TWIN_GOOD, 16)->answer = 2;
    struct sample *other_seed = add(TWIN_GOOD, 4);
    other_seed->answer = 3;
    other_seed->seed = 9;
    assert_int_equal(judge_outcome(&samples[0], samples, n), OUTCOME_OK);
}

static struct result none(void)
{
    return verdict_blank("test/tip", &entry.tip->claims[0], KIND_COUNT, executor_c()).bad;
}

static void what_a_twin_did_has_words_of_its_kind(void **state)
{
    struct result count = none(), slope = none(), time = none(), outcome = none();

    (void)state;
    assert_string_equal(result_words(&count).text, "-");
    count.first = 4;
    count.last = 1234567890;
    assert_string_equal(result_words(&count).text, "4 -> 1234567890");
    slope.slope = (struct interval){ 5013.24, 4999, 5020 };
    assert_string_equal(result_words(&slope).text, "5013.2 B/op");
    time.ns = 812.44;
    assert_string_equal(result_words(&time).text, "812.4");
    outcome.outcome = OUTCOME_STUCK;
    assert_string_equal(result_words(&outcome).text, "STUCK");
}

static void a_finding_is_found_by_its_word(void **state)
{
    enum finding f = UNSURE;

    (void)state;
    for (enum finding each = HOLDS; each <= EMPTY; each++) {
        assert_true(finding_find(finding_word(each), &f));
        assert_int_equal(f, each);
    }
    assert_false(finding_find("hold", &f));
    assert_int_equal(f, EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exact_count_is_flat_only_if_all_are_equal),
        cmocka_unit_test(a_nondeterministic_count_is_flat_within_a_factor_of_two),
        cmocka_unit_test(growth_is_at_least_half_of_proportion_at_every_step),
        cmocka_unit_test(falling_goes_down_at_every_step_until_nothing_is_left),
        cmocka_unit_test(no_statement_holds_always_and_an_outcome_is_no_shape),
        cmocka_unit_test(a_claim_holds_if_both_twins_do_what_it_says),
        cmocka_unit_test(a_claim_is_refuted_if_one_twin_does_not),
        cmocka_unit_test(what_the_tip_expects_goes_into_the_verdict),
        cmocka_unit_test(exact_counts_that_differ_between_runs_prove_nothing),
        cmocka_unit_test(nondeterministic_counts_are_judged_by_their_median),
        cmocka_unit_test(a_missing_point_leaves_a_claim_unsure),
        cmocka_unit_test(a_process_that_did_not_end_well_has_no_counts),
        cmocka_unit_test(what_the_executor_does_not_tell_is_empty_and_never_compared),
        cmocka_unit_test(what_every_process_knows_and_this_one_does_not_tell_is_no_proof),
        cmocka_unit_test(samples_of_another_language_or_tip_do_not_count),
        cmocka_unit_test(a_column_that_does_not_exist_or_counts_nothing_is_said),
        cmocka_unit_test(an_outcome_must_be_seen_at_the_last_point_in_every_process),
        cmocka_unit_test(a_good_twin_that_fails_before_the_last_point_refutes_an_outcome),
        cmocka_unit_test(another_answer_than_goods_is_wrong),
        cmocka_unit_test(answers_to_other_requests_are_not_compared),
        cmocka_unit_test(what_a_twin_did_has_words_of_its_kind),
        cmocka_unit_test(a_finding_is_found_by_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
