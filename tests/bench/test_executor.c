/* SPDX-License-Identifier: MIT */
/* test_executor.c - the rows of the table, and what is expected of a claim in Go. */
#include "inside/executor.h"

#include "inside/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct claim plain = { .column = "tasks", .bad = GROWS, .good = FLAT };
static const struct claim folklore = { .column = "time", .bad = SLOWER, .refuted = true };
static const struct claim other = { .column = "gc_bytes", .go.why = "Go allocates more" };
static const struct claim aged = { .column = "rss_bytes",
                                   .go = { "timers are collected", "1.23" } };

/* Is the claim to come out refuted in Go of that release? */
static bool go_refutes(const struct claim *c, const char *release)
{
    struct executor x = *executor_named("go");

    strcpy(x.release, release);
    return executor_refutes(&x, c);
}

static void go_is_expected_to_find_what_c_finds(void **state)
{
    (void)state;
    assert_false(executor_refutes(executor_c(), &plain));
    assert_false(go_refutes(&plain, "1.19.8"));
    assert_true(go_refutes(&folklore, "1.19.8"));
    assert_true(executor_refutes(executor_c(), &folklore));
}

static void a_claim_that_says_why_is_expected_to_come_out_otherwise_in_go_alone(void **state)
{
    (void)state;
    assert_false(executor_refutes(executor_c(), &other));
    assert_true(go_refutes(&other, "1.19.8"));
}

static void a_newer_release_may_change_what_is_expected(void **state)
{
    (void)state;
    assert_false(go_refutes(&aged, "1.9"));
    assert_false(go_refutes(&aged, "1.22.12"));
    assert_true(go_refutes(&aged, "1.23"));
    assert_true(go_refutes(&aged, "1.23rc1"));
    assert_true(go_refutes(&aged, "2.0"));
    assert_true(go_refutes(&aged, ""));
}

static void a_row_is_found_by_its_name_and_c_by_its_heap(void **state)
{
    (void)state;
    for (size_t i = 0; i < nexecutors(); i++)
        assert_ptr_equal(executor_named(executor_at(i)->name), executor_at(i));
    assert_ptr_equal(executor_c(), executor_named("c"));
    assert_ptr_equal(executor_on_heap(HEAP_DEFAULT), executor_c());
    assert_ptr_equal(executor_on_heap(HEAP_MIMALLOC), executor_named("c+mimalloc"));
    assert_null(executor_on_heap(HEAP_GC));
    assert_null(executor_named("cobol"));
    assert_null(executor_named(""));
}

static void a_release_of_go_is_a_row_that_is_added_once(void **state)
{
    size_t before = nexecutors();
    const struct executor *x = executor_add("go1.24");

    (void)state;
    assert_non_null(x);
    assert_int_equal(nexecutors(), before + 1);
    assert_ptr_equal(executor_add("go1.24"), x);
    assert_ptr_equal(executor_named("go1.24"), x);
    assert_string_equal(x->title, "Go 1.24");
    assert_string_equal(x->release, "");
    assert_true(x->caps_data && x->ends_in_words);
    assert_ptr_equal(executor_add("c"), executor_c());
    assert_null(executor_add("gopher"));
    assert_null(executor_add("go"
                             "1.24 and more"));
    assert_null(executor_add("go123456789012.3"));
    assert_int_equal(nexecutors(), before + 1);
}

static void of_several_gos_all_but_the_newest_are_older(void **state)
{
    struct executor *nine = executor_add("go1.9"), *newer = executor_add("go1.24");

    (void)state;
    strcpy(nine->release, "1.9.7");
    assert_false(executor_is_older(nine));
    strcpy(newer->release, "1.24.2");
    assert_true(executor_is_older(nine));
    assert_false(executor_is_older(newer));
    assert_false(executor_is_older(executor_c()));
    assert_true(executor_is_before(newer, "1.25") && !executor_is_before(newer, "1.24"));
    nine->release[0] = newer->release[0] = '\0';
}

static void a_full_table_takes_no_more(void **state)
{
    char name[16];
    const struct executor *x = executor_c();

    (void)state;
    for (int minor = 100; x; minor++) {
        snprintf(name, sizeof name, "go1.%d", minor);
        x = executor_add(name);
        assert_true(minor < 200);
    }
    assert_null(executor_named(name));
    assert_non_null(executor_named("go"));
}

static void what_go_tells_are_measures_that_there_are(void **state)
{
    const struct executor *go = executor_named("go");
    size_t n = 0;

    (void)state;
    for (; go->tells[n]; n++) {
        const struct column *c = column_find(go->tells[n]);
        assert_non_null(c);
        assert_true(column_is_number(c) && c->kind != SETTING);
    }
    assert_true(n > 0);
    assert_true(executor_tells(go, "tasks"));
    assert_false(executor_tells(go, "timers"));
    assert_true(executor_tells(executor_c(), "timers"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(go_is_expected_to_find_what_c_finds),
        cmocka_unit_test(a_claim_that_says_why_is_expected_to_come_out_otherwise_in_go_alone),
        cmocka_unit_test(a_newer_release_may_change_what_is_expected),
        cmocka_unit_test(a_row_is_found_by_its_name_and_c_by_its_heap),
        cmocka_unit_test(a_release_of_go_is_a_row_that_is_added_once),
        cmocka_unit_test(of_several_gos_all_but_the_newest_are_older),
        cmocka_unit_test(a_full_table_takes_no_more),
        cmocka_unit_test(what_go_tells_are_measures_that_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
