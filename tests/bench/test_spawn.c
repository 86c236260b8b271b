/* SPDX-License-Identifier: MIT */
/* What a tool is started with, and what comes back of it. */
#include "process/spawn.h"

#include "folder.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static char printed[4096];

/* Run a line of shell; what it printed is in `printed`. */
static int shell(const char *line, int timeout_s)
{
    char out[96];
    const char *const argv[] = { "sh", "-c", line, NULL };

    snprintf(out, sizeof out, "%s/out", results);
    int status = spawn_wait(argv, out, timeout_s);
    FILE *f = fopen(out, "r");
    assert_non_null(f);
    printed[fread(printed, 1, sizeof printed - 1, f)] = '\0';
    fclose(f);
    return status;
}

static void what_steers_a_persons_tools_does_not_reach_it(void **state)
{
    (void)state;
    setenv("GNUTERM", "qt", 1);
    setenv("LC_ALL", "de_DE", 1);
    setenv("PYTHONPATH", "/somewhere", 1);
    setenv("PATHOLOGY", "x", 1);
    setenv("HOME", results, 1);
    assert_int_equal(
        shell("echo \"$GNUTERM,$LC_ALL,$PYTHONPATH,$PATHOLOGY,$HOME,$PYTHONUTF8\"", 10), 0);
    assert_string_equal(printed, ",C.UTF-8,,,/nonexistent,1\n");
}

static void what_a_twin_obeys_reaches_it(void **state)
{
    (void)state;
    setenv("TWIN_WORKERS", "3", 1);
    setenv("MALLOC_ARENA_MAX", "2", 1);
    setenv("TMPDIR", results, 1);
    assert_int_equal(shell("echo \"$TWIN_WORKERS,$MALLOC_ARENA_MAX,$TMPDIR\"", 10), 0);
    char expected[96];
    snprintf(expected, sizeof expected, "3,2,%s\n", results);
    assert_string_equal(printed, expected);
}

static void its_exit_status_comes_back(void **state)
{
    (void)state;
    assert_int_equal(shell("exit 5", 10), 5);
    assert_int_equal(shell("kill -9 $$", 10), -ECHILD);
    assert_int_equal(spawn_wait((const char *const[]){ "no-such-tool", NULL }, NULL, 10), -ENOENT);
}

static void one_that_does_not_end_is_ended(void **state)
{
    (void)state;
    assert_int_equal(shell("sleep 60", 1), -ETIMEDOUT);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_steers_a_persons_tools_does_not_reach_it),
        IN_FOLDER(what_a_twin_obeys_reaches_it),
        IN_FOLDER(its_exit_status_comes_back),
        IN_FOLDER(one_that_does_not_end_is_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
