/* SPDX-License-Identifier: MIT */
/* cmocka.h - as much of cmocka as the runtime's tests use, where Debian has none: it has no
 * library for another processor unless apt is told of that architecture.  So that `make aarch64`
 * runs the same tests as `make test`.  Prints TAP; a failed assertion jumps out of its test. */
#ifndef CMOCKA_H
#define CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*test)(void **state);
    int (*setup)(void **state);
    int (*teardown)(void **state);
    void *initial_state;
};
#define cmocka_unit_test(f) { #f, f, 0, 0, 0 }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup, 0, 0 }

enum { MOCKA_PASSED, MOCKA_FAILED, MOCKA_SKIPPED };
static jmp_buf mocka_out;

#define skip() longjmp(mocka_out, MOCKA_SKIPPED)
#define fail_msg(...)                                                                              \
    do {                                                                                           \
        printf("# %s:%d: ", __FILE__, __LINE__);                                                   \
        printf(__VA_ARGS__);                                                                       \
        printf("\n");                                                                              \
        longjmp(mocka_out, MOCKA_FAILED);                                                          \
    } while (0)

#define assert_true(c)                                                                             \
    do {                                                                                           \
        if (!(c))                                                                                  \
            fail_msg("not so: %s", #c);                                                            \
    } while (0)
#define assert_false(c) assert_true(!(c))
#define assert_null(p) assert_true((p) == 0)
#define assert_non_null(p) assert_true((p) != 0)
#define assert_ptr_equal(a, b) assert_true((const void *)(a) == (const void *)(b))
#define assert_int_equal(a, b)                                                                     \
    do {                                                                                           \
        long long a_ = (long long)(a), b_ = (long long)(b);                                        \
        if (a_ != b_)                                                                              \
            fail_msg("%s is %lld, not %lld", #a, a_, b_);                                          \
    } while (0)
#define assert_string_equal(a, b)                                                                  \
    do {                                                                                           \
        const char *a_ = (a), *b_ = (b);                                                           \
        if (strcmp(a_, b_))                                                                        \
            fail_msg("%s is \"%s\", not \"%s\"", #a, a_, b_);                                      \
    } while (0)

static inline int mocka_run(const struct CMUnitTest *test)
{
    void *state = test->initial_state;
    int how = setjmp(mocka_out);

    if (how)
        return how;
    if (test->setup && test->setup(&state))
        return MOCKA_FAILED;
    test->test(&state);
    return MOCKA_PASSED;
}

#define cmocka_run_group_tests(tests, setup, teardown)                                             \
    mocka_run_all(tests, sizeof tests / sizeof tests[0], setup)
#define cmocka_run_group_tests_name(name, tests, setup, teardown)                                  \
    cmocka_run_group_tests(tests, setup, teardown)

static inline int mocka_run_all(const struct CMUnitTest *tests, size_t n,
                                int (*setup)(void **state))
{
    void *state = NULL;
    int failed = 0;

    printf("1..%zu\n", n);
    if (setup && setup(&state))
        return (int)n;
    for (size_t i = 0; i < n; i++) {
        int how = mocka_run(&tests[i]);

        failed += how == MOCKA_FAILED;
        printf("%sok %zu - %s%s\n", how == MOCKA_FAILED ? "not " : "", i + 1, tests[i].name,
               how == MOCKA_SKIPPED ? " # SKIP" : "");
        fflush(stdout);
    }
    return failed;
}

#endif
