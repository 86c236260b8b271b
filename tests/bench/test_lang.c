/* SPDX-License-Identifier: MIT */
/* test_lang.c - which languages there are here, and how their memory is capped. */
#include "process/lang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <cmocka.h>

static void without_go_twins_there_is_only_c(void **state)
{
    (void)state;
    assert_string_equal(lang_go(), "");
    assert_true(lang_has("c", "leaks/range-unclosed"));
    assert_false(lang_has("go", "leaks/range-unclosed"));
}

static void go_is_not_capped_in_address_space_which_it_only_reserves(void **state)
{
    (void)state;
    assert_int_equal(lang_limit("c"), RLIMIT_AS);
    assert_int_equal(lang_limit("go"), RLIMIT_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_go_twins_there_is_only_c),
        cmocka_unit_test(go_is_not_capped_in_address_space_which_it_only_reserves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
