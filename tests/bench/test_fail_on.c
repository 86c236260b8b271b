/* SPDX-License-Identifier: MIT */
/* test_fail_on.c - what a run ends with a status of its own on. */
#include "say/fail_on.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct claim claim = { .column = "tasks", .bad = GROWS };

/* A saying of each label, and one in C alone; a claim as expected, one otherwise, one open, one
 * that nobody reports. */
static struct findings found(void)
{
    static struct saying sayings[] = { { .tip = "a/true", .label = LABEL_TRUE },
                                       { .tip = "a/myth", .label = LABEL_MYTH },
                                       { .tip = "b/myth", .label = LABEL_MYTH },
                                       { .tip = "a/depends", .label = LABEL_DEPENDS },
                                       { .tip = "a/open", .label = LABEL_UNDECIDED },
                                       { .tip = "a/in-c", .label = LABEL_MYTH } };
    static struct verdict verdicts[4];
    static const enum finding findings[4] = { HOLDS, REFUTED, UNSURE, EMPTY };

    sayings[5].executor = executor_c();
    for (size_t i = 0; i < 4; i++) {
        verdicts[i] = verdict_blank("a/claim", &claim, KIND_COUNT, executor_c());
        verdicts[i].finding = findings[i];
    }
    return (
        struct findings){ .sayings = sayings, .nsayings = 6, .verdicts = verdicts, .nverdicts = 4 };
}

static size_t count(const char *words, char said[1024])
{
    FILE *out = fmemopen(said, 1024, "w");
    struct findings f = found();
    struct fail_on on;

    assert_true(fail_on_read(&on, words));
    size_t n = fail_on_print(out, &on, &f);
    fclose(out);
    return n;
}

static void each_word_finds_its_own_and_each_is_named(void **state)
{
    char said[1024];

    (void)state;
    assert_int_equal(count(NULL, said), 0);
    assert_int_equal(count("true", said), 1);
    assert_non_null(strstr(said, "--fail-on true: a/true: "));
    assert_int_equal(count("myth", said), 2); /* what holds in C alone is no label of the tip */
    assert_non_null(strstr(said, "--fail-on myth: a/myth: "));
    assert_non_null(strstr(said, "--fail-on myth: b/myth: "));
    assert_int_equal(count("depends", said), 1);
    assert_int_equal(count("undecided", said), 1);
    assert_int_equal(count("unexpected", said), 1);
    assert_non_null(strstr(said, "unexpected: a/claim in C: tasks refuted, expected holds\n"));
    assert_int_equal(count("myth,undecided,unexpected", said), 4);
}

static void another_word_is_refused(void **state)
{
    static const char *const words[] = { "myths", "", "myth,", "-", "holds", "myth undecided" };
    struct fail_on on;

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_false(fail_on_read(&on, words[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_finds_its_own_and_each_is_named),
        cmocka_unit_test(another_word_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
