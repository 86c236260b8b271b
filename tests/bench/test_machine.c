/* SPDX-License-Identifier: MIT */
/* test_machine.c - which machine is shared, and which runs are of one. */
#include "store/machine.h"

#include "inside/executor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void a_hypervisor_or_a_load_makes_a_machine_shared(void **state)
{
    (void)state;
    assert_true(machine_shared(true, 0, 8));
    assert_true(machine_shared(false, 4.1, 8));
    assert_false(machine_shared(false, 3.9, 8));
}

static void the_margin_is_wider_on_a_shared_machine(void **state)
{
    (void)state;
    json_t *facts = machine_facts(true);
    bool shared = json_is_true(json_object_get(facts, "shared"));
    assert_float_equal(machine_margin(facts), shared ? 0.10 : 0.05, 1e-9);
    json_decref(facts);
}

static void a_machine_is_like_itself(void **state)
{
    (void)state;
    json_t *a = machine_facts(true), *b = machine_facts(false);
    assert_null(machine_difference(a, b));
    json_object_set_new(b, "load1", json_real(99)); /* changes all the time */
    assert_null(machine_difference(a, b));
    json_object_set_new(b, "commit", json_string("0000000"));
    assert_string_equal(machine_difference(a, b), "commit");
    json_object_set_new(b, "cores", json_integer(999));
    assert_string_equal(machine_difference(a, b), "cores");
    json_decref(a);
    json_decref(b);
}

static const char *built(const json_t *facts, const char *executor, const char *fact)
{
    const json_t *builds = json_object_get(facts, "go_builds");

    return json_string_value(json_object_get(json_object_get(builds, executor), fact));
}

static void each_go_is_there_as_it_built_and_another_makes_two_runs_of_one(void **state)
{
    json_t *none = machine_facts(true);

    (void)state;
    strcpy(executor_add("go1.19")->release, "1.19.8");
    struct executor *newer = executor_add("go1.27");
    strcpy(newer->release, "1.27.4");
    strcpy(newer->godebug, "asynctimerchan=1");
    json_t *both = machine_facts(true);
    assert_string_equal(json_string_value(json_object_get(none, "go")), "");
    assert_string_equal(json_string_value(json_object_get(both, "go")), "go1.19.8 go1.27.4");
    assert_string_equal(built(both, "go1.19", "version"), "1.19.8");
    assert_string_equal(built(both, "go1.19", "DefaultGODEBUG"), "");
    assert_string_equal(built(both, "go1.27", "DefaultGODEBUG"), "asynctimerchan=1");
    assert_string_equal(machine_difference(none, both), "go");
    newer->godebug[0] = '\0';
    json_t *otherwise = machine_facts(true);
    assert_string_equal(machine_difference(both, otherwise), "go_builds");
    json_decref(none);
    json_decref(both);
    json_decref(otherwise);
}

static void what_steers_go_from_outside_is_there(void **state)
{
    (void)state;
    setenv("GOGC", "50", 1);
    json_t *facts = machine_facts(true);
    const json_t *env = json_object_get(facts, "go_environment");
    assert_string_equal(json_string_value(json_object_get(env, "GOGC")), "50");
    unsetenv("GOGC");
    json_t *otherwise = machine_facts(true);
    assert_string_equal(machine_difference(facts, otherwise), "go_environment");
    json_decref(facts);
    json_decref(otherwise);
}

static void facts_that_cannot_be_had_are_empty_and_not_missing(void **state)
{
    static const char *const names[] = { "date",     "cpu",   "kernel", "os", "governor",
                                         "compiler", "flags", "commit", "go" };

    (void)state;
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nowhere", 1);
    json_t *facts = machine_facts(true);
    setenv("PATH", path, 1);
    free(path);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_non_null(json_string_value(json_object_get(facts, names[i])));
    assert_string_equal(json_string_value(json_object_get(facts, "commit")) + 1, machine_version());
    assert_true(json_integer_value(json_object_get(facts, "cores")) > 0);
    json_decref(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hypervisor_or_a_load_makes_a_machine_shared),
        cmocka_unit_test(the_margin_is_wider_on_a_shared_machine),
        cmocka_unit_test(a_machine_is_like_itself),
        cmocka_unit_test(each_go_is_there_as_it_built_and_another_makes_two_runs_of_one),
        cmocka_unit_test(what_steers_go_from_outside_is_there),
        cmocka_unit_test(facts_that_cannot_be_had_are_empty_and_not_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
