/* SPDX-License-Identifier: MIT */
/* test_find_executors.c - which executors are here, and how their processes are started. */
#include "process/find_executors.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static const struct entry tip = { "t/x", &(const struct tip){ .gc = true }, NULL, NULL };

static void without_go_twins_there_is_only_c(void **state)
{
    (void)state;
    executors_find();
    assert_string_equal(executor_named("go")->release, "");
    assert_true(executor_runs(executor_c(), &tip));
    assert_false(executor_runs(executor_named("go"), &tip));
}

static void c_runs_on_another_heap_where_a_claim_names_it(void **state)
{
    static const struct tip pooled = { .gc = true,
                                       .claims = { { "time", SLOWER, .heap = HEAP_MIMALLOC } } };
    const struct entry e = { "t/pooled", &pooled, NULL, NULL };

    (void)state;
    assert_true(executor_runs(executor_on_heap(HEAP_MIMALLOC), &e));
    assert_false(executor_runs(executor_on_heap(HEAP_GLIBC), &e));
    assert_false(executor_runs(executor_on_heap(HEAP_MIMALLOC), &tip));
}

static void c_is_this_program_and_go_stands_beside_it(void **state)
{
    char own[4096], path[4096];
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);

    (void)state;
    assert_true(n > 0);
    own[n] = '\0';
    assert_int_equal(executor_program(executor_c(), 0, path, sizeof path), 0);
    assert_string_equal(path, own);
    assert_int_equal(executor_program(executor_named("go"), 0, path, sizeof path), 0);
    strcpy(strrchr(own, '/'), "/twinbench-go");
    assert_string_equal(path, own);
    assert_true(executor_program(executor_named("go"), 0, path, strlen(own)) < 0);
}

static void go_is_not_capped_in_address_space_which_it_only_reserves(void **state)
{
    (void)state;
    assert_int_equal(executor_limit(executor_c()), RLIMIT_AS);
    assert_int_equal(executor_limit(executor_named("go")), RLIMIT_DATA);
}

/* This program once more, copied into a folder beside which three releases have their twins:
 * one all, one a good twin without the bad one, one without what starts them. */
static void a_release_is_found_by_its_folder_and_runs_what_is_all_there(void **state)
{
    char command[2048];

    snprintf(
        command, sizeof command,
        "cp /proc/%d/exe %s/copy && cd %s && mkdir -p go1.19/t/x go1.24/t/x go1.27/t/x gopher && "
        "echo 1.19.8 > go1.19/release && echo 1.0 > gopher/release && echo 1.27.4 > go1.27/release "
        "&& "
        "printf '1.24.2\\nDefaultGODEBUG=a=1,b=0\\nGOAMD64=v3\\n' > go1.24/release && "
        "install /dev/null twinbench-go1.19 && install /dev/null twinbench-go1.24 && "
        "install /dev/null go1.19/t/x/bad && install /dev/null go1.19/t/x/good && "
        "install /dev/null go1.24/t/x/good && "
        "install /dev/null go1.27/t/x/bad && install /dev/null go1.27/t/x/good && ./copy found",
        getpid(), results, results);
    (void)state;
    assert_int_equal(system(command), 0);
}

/* As that copy. */
static int look_around(void)
{
    executors_find();
    const struct executor *go = executor_named("go1.19"), *newer = executor_named("go1.24");
    const struct executor *newest = executor_named("go1.27");

    if (!go || !newer || !newest || strcmp(go->release, "1.19.8") != 0 ||
        strcmp(newer->release, "1.24.2") != 0)
        return 1;
    if (executor_named("gopher") || strcmp(newer->title, "Go 1.24") != 0)
        return 2;
    if (strcmp(newer->godebug, "a=1,b=0") != 0 || strcmp(newer->goamd64, "v3") != 0 ||
        go->godebug[0])
        return 3;
    if (!executor_runs(go, &tip))
        return 4;
    return executor_runs(newer, &tip) || executor_runs(newest, &tip) ? 5 : 0;
}

/* A copy again, with placements of C that the build has completed; those of Go are of another
 * release than the twins. */
static void placements_count_when_all_are_made_from_this_build(void **state)
{
    char command[2048];

    snprintf(command, sizeof command,
             "cd %s && cp /proc/%d/exe copy && mkdir -p placements go/placements go1.24/placements "
             "&& echo 64 > placements/complete && echo 1.23.1 > go/release && "
             "echo 32 1.22.9 > go/placements/complete && echo 1.24.2 > go1.24/release && "
             "echo 32 1.24.2 > go1.24/placements/complete && ./copy placed && "
             "rm placements/complete && ! ./copy placed && mkdir bin && mv copy bin && "
             "mkdir -p lib/twinbench/placements && echo 64 > lib/twinbench/placements/complete && "
             "mv go1.24 bin && bin/copy placed",
             results, getpid());
    (void)state;
    assert_int_equal(system(command), 0);
}

static int look_for_placements(void)
{
    char path[4096];

    executors_find();
    if (executor_c()->placements != 64 || executor_on_heap(HEAP_GLIBC)->placements != 64)
        return 1;
    if (executor_named("go")->placements != 0 || executor_named("go1.24")->placements != 32)
        return 2;
    if (executor_program(executor_named("go1.24"), 7, path, sizeof path) != 0 ||
        !strstr(path, "/go1.24/placements/7"))
        return 3;
    return executor_program(executor_c(), 64, path, sizeof path) == 0 &&
                   strstr(path, "/placements/64")
               ? 0
               : 4;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_go_twins_there_is_only_c),
        cmocka_unit_test(c_runs_on_another_heap_where_a_claim_names_it),
        cmocka_unit_test(c_is_this_program_and_go_stands_beside_it),
        cmocka_unit_test(go_is_not_capped_in_address_space_which_it_only_reserves),
        cmocka_unit_test_setup_teardown(a_release_is_found_by_its_folder_and_runs_what_is_all_there,
                                        setup_folder, remove_folder),
        cmocka_unit_test_setup_teardown(placements_count_when_all_are_made_from_this_build,
                                        setup_folder, remove_folder),
    };

    if (argc == 2 && strcmp(argv[1], "placed") == 0)
        return look_for_placements();

    if (argc == 2 && strcmp(argv[1], "found") == 0)
        return look_around();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
