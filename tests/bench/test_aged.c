/* SPDX-License-Identifier: MIT */
/* test_aged.c - what a fact says of a release beside what the release answered, and whether
 * the facts of the tips can be answered at all. */
#include "say/aged.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct fact always = { .what = "x", .probe = "p" };
static const struct fact later = { .what = "x", .since = "1.23", .probe = "p" };
static const struct fact grows = { .what = "x", .claim = "tasks" };
static const struct fact ends = { .what = "x", .since = "1.23", .claim = "tasks", .gone = true };
static const struct fact told = { .what = "x", .since = "1.13", .cited = "go.dev/doc/go1.13" };

static const struct executor *gopher(const char *name)
{
    struct executor *x = executor_add(name);

    snprintf(x->release, sizeof x->release, "%s.1", name + strlen("go"));
    return x;
}

static enum standing standing(const struct fact *f, const char *release, enum answer answer)
{
    const struct aged a = {
        .tip = "t/x", .fact = f, .executor = release ? gopher(release) : NULL, .answer = answer
    };

    return aged_standing(&a);
}

static void a_fact_is_so_from_its_release_on_and_not_before(void **state)
{
    (void)state;
    assert_int_equal(standing(&later, "go1.22", ANSWER_NO), STANDING_CONFIRMED);
    assert_int_equal(standing(&later, "go1.22", ANSWER_YES), STANDING_CONTRADICTED);
    assert_int_equal(standing(&later, "go1.23", ANSWER_YES), STANDING_CONFIRMED);
    assert_int_equal(standing(&later, "go1.23", ANSWER_NO), STANDING_CONTRADICTED);
    assert_int_equal(standing(&always, "go1.15", ANSWER_YES), STANDING_CONFIRMED);
    assert_int_equal(standing(&always, "go1.15", ANSWER_NO), STANDING_CONTRADICTED);
}

static void without_an_answer_nothing_is_confirmed(void **state)
{
    (void)state;
    assert_int_equal(standing(&later, "go1.22", ANSWER_NONE), STANDING_UNDECIDED);
    assert_int_equal(standing(&later, NULL, ANSWER_YES), STANDING_UNDECIDED);
    assert_int_equal(standing(&told, NULL, ANSWER_NONE), STANDING_CITED);
}

/* By a verdict that came out so in Go 1.24, among one of Go 1.19 that did not. */
static struct aged by_claim(const struct fact *f, enum finding finding)
{
    const struct result none = {
        .first = NAN, .last = NAN, .slope = { NAN, NAN, NAN }, .over = NAN, .served = NAN, .ns = NAN
    };
    struct verdict verdicts[] = {
        { .tip = "t/x", .column = "tasks", .bad = none, .good = none, .finding = REFUTED },
        { .tip = "t/x", .column = "tasks", .bad = none, .good = none, .finding = finding },
    };
    const struct findings all = { .verdicts = verdicts, .nverdicts = 2 };
    struct aged a = { .tip = "t/x", .fact = f, .executor = gopher("go1.24") };

    verdicts[0].executor = gopher("go1.19");
    verdicts[1].executor = a.executor;
    aged_by_claim(&a, &all);
    return a;
}

static void a_claim_answers_by_its_verdict_there(void **state)
{
    (void)state;
    assert_int_equal(by_claim(&grows, HOLDS).answer, ANSWER_YES);
    assert_int_equal(by_claim(&grows, REFUTED).answer, ANSWER_NO);
    assert_int_equal(by_claim(&grows, UNSURE).answer, ANSWER_NONE);
    assert_int_equal(by_claim(&ends, REFUTED).answer, ANSWER_YES);
    assert_int_equal(by_claim(&ends, HOLDS).answer, ANSWER_NO);
}

/* By an interval of the ratio of times in Go 1.24, with a control that came out so. */
static enum answer by_ratio(double least, double under, double lo, double hi, enum finding control)
{
    const struct fact f = { .what = "x", .claim = "time", .least = least, .under = under };
    struct aged a = { .tip = "t/x", .fact = &f, .executor = gopher("go1.24") };
    struct verdict null = { .tip = NULL_TIP, .executor = a.executor, .finding = control };
    struct pairing pairings[] = {
        { .tip = "t/x", .executor = gopher("go1.19"), .decision = { .lo = 9, .hi = 9 } },
        { .tip = "t/x", .executor = a.executor, .decision = { .lo = lo, .hi = hi } },
    };
    const struct findings all = {
        .verdicts = &null, .nverdicts = 1, .pairings = pairings, .npairings = 2
    };

    aged_by_claim(&a, &all);
    assert_true(strlen(a.saw) > 0);
    return a.answer;
}

static void a_bound_answers_by_the_whole_interval_of_the_ratio(void **state)
{
    (void)state;
    assert_int_equal(by_ratio(1.2, 0, 1.3, 1.6, HOLDS), ANSWER_YES);
    assert_int_equal(by_ratio(1.2, 0, 1.1, 1.6, HOLDS), ANSWER_NONE);
    assert_int_equal(by_ratio(1.2, 0, 1.0, 1.1, HOLDS), ANSWER_NO);
    assert_int_equal(by_ratio(0, 1.2, 1.0, 1.1, HOLDS), ANSWER_YES);
    assert_int_equal(by_ratio(0, 1.2, 1.1, 1.3, HOLDS), ANSWER_NONE);
    assert_int_equal(by_ratio(0, 1.2, 1.3, 1.6, HOLDS), ANSWER_NO);
    assert_int_equal(by_ratio(1.2, 2, 1.3, 1.6, HOLDS), ANSWER_YES);
    assert_int_equal(by_ratio(1.2, 2, 1.1, 2.1, HOLDS), ANSWER_NONE);
    assert_int_equal(by_ratio(1.2, 2, 2.5, 3.1, HOLDS), ANSWER_NO);
}

static void where_time_is_withheld_no_bound_is_answered(void **state)
{
    (void)state;
    assert_int_equal(by_ratio(1.2, 0, 1.3, 1.6, UNSURE), ANSWER_NONE);
    assert_int_equal(by_ratio(1.2, 0, 1.0, 1.1, REFUTED), ANSWER_NONE);
}

/* Good in Go 1.24 takes so many times as long as in Go 1.23, if that was timed. */
static enum answer than_before(double least, double times, size_t blocks_before)
{
    const struct fact f = { .what = "x", .claim = "time", .least = least, .than_before = true };
    struct aged a = { .tip = "t/x", .fact = &f, .executor = gopher("go1.24") };
    struct pair_blocks blocks[] = {
        { .tip = "t/x", .executor = gopher("go1.23"), .timed.n = blocks_before },
        { .tip = "t/x", .executor = a.executor, .timed.n = 16 },
    };
    struct pairing pairing = { .tip = "t/x",
                               .executor = a.executor,
                               .decision = { .lo = 9, .hi = 9, .confidence = 0.99 } };
    const struct findings all = {
        .blocks = blocks, .nblocks = 2, .pairings = &pairing, .npairings = 1
    };

    for (size_t i = 0; i < 16; i++) { /* in pairs they differ by less than over the blocks */
        blocks[0].timed.good_ns[i] = 100 * (double)(i + 1);
        blocks[1].timed.good_ns[i] = (times + 0.001 * (double)i) * blocks[0].timed.good_ns[i];
    }
    aged_by_claim(&a, &all);
    assert_true(blocks_before < 16 || strcmp(a.saw + strlen(a.saw) - 7, "Go 1.23") == 0);
    return a.answer;
}

static void a_bound_can_be_on_good_against_the_release_before(void **state)
{
    (void)state;
    assert_int_equal(than_before(1.2, 1.4, 16), ANSWER_YES);
    assert_int_equal(than_before(1.2, 1.1, 16), ANSWER_NO);
    assert_int_equal(than_before(1.2, 1.4, 3), ANSWER_NONE); /* too few for an interval */
}

static bool has_claim(const struct tip *t, const char *column)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, column) == 0)
            return true;
    return false;
}

static void every_tip_says_how_it_aged_in_facts_that_are_run_or_have_a_source(void **state)
{
    size_t run = 0;

    (void)state;
    for (size_t i = 0; i < nentries; i++) {
        const struct tip *t = entries[i].tip;
        if (tip_facts(t) == 0)
            fail_msg("%s has no fact", entries[i].name);
        for (size_t k = 0; k < tip_facts(t); k++) {
            const struct fact *f = &t->aged[k];
            if (!f->probe && !f->claim && !f->cited)
                fail_msg("%s: nothing shows that %s", entries[i].name, f->what);
            if ((f->least || f->under || f->than_before) &&
                (!f->claim || strcmp(f->claim, "time") != 0))
                fail_msg("%s: only a time has bounds: %s", entries[i].name, f->what);
            if (f->claim && !has_claim(t, f->claim))
                fail_msg("%s claims nothing of %s", entries[i].name, f->claim);
            run += f->probe || f->claim;
        }
    }
    assert_true(run > nentries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_is_so_from_its_release_on_and_not_before),
        cmocka_unit_test(without_an_answer_nothing_is_confirmed),
        cmocka_unit_test(a_claim_answers_by_its_verdict_there),
        cmocka_unit_test(a_bound_answers_by_the_whole_interval_of_the_ratio),
        cmocka_unit_test(a_bound_can_be_on_good_against_the_release_before),
        cmocka_unit_test(where_time_is_withheld_no_bound_is_answered),
        cmocka_unit_test(every_tip_says_how_it_aged_in_facts_that_are_run_or_have_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
