/* SPDX-License-Identifier: MIT */
/* Tips are found by name, and a dial turns one parameter. */
#include "inside/tips.h"

#include "cmd/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct tip leak = {
    .points = { 4, 16 },
    .claims = { { .column = "tasks" }, { .column = "channels" }, { .column = "timers" } },
};
static const struct tip all_points = {
    .points = { 1, 2, 3, 4, 5, 6, 7, 8 },
    .defaults = { .ops = 9, .size = 8, .clients = 7, .rate = 6, .workers = 5, .seed = 4 }
};
static const struct twin bad, good;

const struct entry entries[] = {
    { "channels/len-polling", &leak, &bad, &good },
    { "leaks/range-unclosed", &all_points, &bad, &good },
    { "pools/no-reset", &leak, &bad, &good },
};
const size_t nentries = 3;

static void a_tip_is_found_by_its_whole_name(void **state)
{
    (void)state;
    assert_ptr_equal(tip_find("leaks/range-unclosed"), &entries[1]);
    assert_null(tip_find("range-unclosed"));
    assert_null(tip_find("leaks/range-unclose"));
    assert_null(tip_find(""));
}

static void the_nearest_name_is_offered_with_or_without_the_family(void **state)
{
    (void)state;
    assert_string_equal(nearest_tip("leaks/range-unclosd").word, "leaks/range-unclosed");
    assert_string_equal(nearest_tip("range-unclosed").word, "leaks/range-unclosed");
    assert_string_equal(nearest_tip("norest").word, "pools/no-reset");
    assert_string_equal(nearest_tip("poling").word, "channels/len-polling");
    assert_string_equal(nearest_tip("CLOSED").word, "leaks/range-unclosed");
    assert_string_equal(nearest_tip("lenpoling").word, "channels/len-polling");
}

static void a_family_is_offered_too_and_in_a_family_its_own_tips_alone(void **state)
{
    (void)state;
    assert_string_equal(nearest_tip("leask").word, "leaks");
    assert_string_equal(nearest_tip("leak").word, "leaks"); /* and not tuned-but-leaking */
    assert_string_equal(nearest_tip("LEAKS").word, "leaks");
    assert_string_equal(nearest_tip("leaks/unclosed").word, "leaks/range-unclosed");
    assert_string_equal(nearest_tip("leaks/len-polling").word, "");
}

static void of_a_name_like_no_tip_nothing_is_offered(void **state)
{
    (void)state;
    assert_string_equal(nearest_tip("").word, "");
    assert_string_equal(nearest_tip("xyzzy").word, "");
    assert_string_equal(nearest_tip("nonsense").word, ""); /* half of no-reset */
    assert_string_equal(nearest_tip("foo").word, "");      /* one letter from "for" */
    assert_string_equal(nearest_tip("leaks/").word, "");
}

static void null_is_a_second_copy_of_good(void **state)
{
    (void)state;
    assert_ptr_equal(tip_twin(&entries[0], TWIN_BAD), &bad);
    assert_ptr_equal(tip_twin(&entries[0], TWIN_GOOD), &good);
    assert_ptr_equal(tip_twin(&entries[0], TWIN_NULL), &good);
    assert_null(tip_twin(&entries[0], TWIN_NONE));
}

static void a_language_without_twins_has_a_reason(void **state)
{
    static const struct tip_words in_go_alone = { .c_none = "nobody here writes C" },
                                  in_c_alone = { .go_none = "Go has no such thing" };
    const struct entry go = { .name = "x/go", .words = &in_go_alone },
                       c = { .name = "x/c", .words = &in_c_alone };

    (void)state;
    assert_string_equal(tip_none(&go, LANGUAGE_C), "nobody here writes C");
    assert_null(tip_none(&go, LANGUAGE_GO));
    assert_string_equal(tip_none(&c, LANGUAGE_GO), "Go has no such thing");
    assert_null(tip_none(&c, LANGUAGE_C));
    assert_null(tip_none(&entries[0], LANGUAGE_C)); /* nobody reads its words */
}

static void points_and_claims_end_at_the_first_empty_one_or_when_full(void **state)
{
    (void)state;
    assert_int_equal(tip_points(&leak), 2);
    assert_int_equal(tip_points(&all_points), MAX_POINTS);
    assert_int_equal(tip_claims(&leak), 3);
    assert_int_equal(tip_claims(&all_points), 0);
}

static void a_dial_turns_its_own_parameter_and_no_other(void **state)
{
    const struct params zero = { 0 };

    (void)state;
    for (enum dial d = OPS; d <= WORKERS; d++) {
        struct params p = dial_set(zero, d, 42);
        for (enum dial other = OPS; other <= WORKERS; other++)
            assert_int_equal(dial_get(&p, other), other == d ? 42 : 0);
        assert_int_equal(p.seed, 0);
    }
}

static void dials_have_the_names_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(dial_name(OPS), "OPS");
    assert_string_equal(dial_name(SIZE), "SIZE");
    assert_string_equal(dial_name(CLIENTS), "CLIENTS");
    assert_string_equal(dial_name(RATE), "RATE");
    assert_string_equal(dial_name(WORKERS), "WORKERS");
}

static void a_tip_runs_on_its_own_heap_and_on_those_that_it_claims_about(void **state)
{
    static const struct tip pooled = {
        .gc = true, .claims = { { .column = "gc_bytes" }, { "time", .heap = HEAP_MIMALLOC } }
    };

    (void)state;
    assert_int_equal(tip_heap(&pooled), HEAP_GC);
    assert_int_equal(tip_heap(&leak), HEAP_GLIBC);
    assert_true(tip_runs_on(&pooled, HEAP_GC) && tip_runs_on(&pooled, HEAP_MIMALLOC));
    assert_false(tip_runs_on(&pooled, HEAP_GLIBC));
    assert_false(tip_runs_on(&leak, HEAP_GC));
    const struct executor *c = executor_c(), *go = executor_named("go");
    assert_true(executor_concerns(c, &pooled.claims[0]));
    assert_true(executor_concerns(go, &pooled.claims[0]));
    assert_true(executor_concerns(executor_on_heap(HEAP_MIMALLOC), &pooled.claims[1]));
    assert_false(executor_concerns(c, &pooled.claims[1]));
    assert_false(executor_concerns(go, &pooled.claims[1]));
}

static void the_harness_fills_what_the_tip_leaves_open(void **state)
{
    struct params p = tip_params(&leak), own = tip_params(&all_points);

    (void)state;
    assert_int_equal(p.ops, 256);
    assert_int_equal(p.size, 1);
    assert_int_equal(p.clients, 4);
    assert_int_equal(p.rate, 0);
    assert_int_equal(p.workers, 1);
    for (enum dial d = OPS; d <= WORKERS; d++)
        assert_int_equal(dial_get(&own, d), dial_get(&all_points.defaults, d));
    assert_int_equal(own.seed, all_points.defaults.seed);
}

static void what_is_given_goes_before_what_the_tip_says(void **state)
{
    static const struct tip rated = { .dial = RATE, .points = { 500, 900 } };
    struct params given = PARAMS_NOT_GIVEN;

    (void)state;
    given.size = 7;
    given.heap = tip_heap(&leak);
    struct params p = tip_params_given(&leak, &given), open = tip_params_given(&rated, &given);
    assert_int_equal(p.size, 7);
    assert_int_equal(p.ops, tip_params(&leak).ops);
    assert_int_equal(p.heap, HEAP_DEFAULT); /* its own needs no word */
    assert_int_equal(p.rate, 0);
    assert_int_equal(open.rate, 500);
    given.rate = 0;
    assert_int_equal(tip_params_given(&rated, &given).rate, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tip_is_found_by_its_whole_name),
        cmocka_unit_test(the_nearest_name_is_offered_with_or_without_the_family),
        cmocka_unit_test(a_family_is_offered_too_and_in_a_family_its_own_tips_alone),
        cmocka_unit_test(of_a_name_like_no_tip_nothing_is_offered),
        cmocka_unit_test(null_is_a_second_copy_of_good),
        cmocka_unit_test(a_language_without_twins_has_a_reason),
        cmocka_unit_test(points_and_claims_end_at_the_first_empty_one_or_when_full),
        cmocka_unit_test(a_dial_turns_its_own_parameter_and_no_other),
        cmocka_unit_test(dials_have_the_names_of_the_contract),
        cmocka_unit_test(a_tip_runs_on_its_own_heap_and_on_those_that_it_claims_about),
        cmocka_unit_test(the_harness_fills_what_the_tip_leaves_open),
        cmocka_unit_test(what_is_given_goes_before_what_the_tip_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
